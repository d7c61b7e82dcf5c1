# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of this room; signing in itself is in ``sign_in_urls``."""

from __future__ import annotations

from django.urls import path

from exitwork.accounts.views import demo, invitation, lock, page

app_name = "accounts"
urlpatterns = [
    path("account/", page.page, name="page"),
    path("account/sessions/", page.end_session, name="end_session"),
    path("account/lost-device/", page.lost_device, name="lost_device"),
    path("account/lock/", lock.screen, name="lock"),
    path("lock-everything/", lock.everything, name="lock_everything"),
    path("demo/", demo.people, name="demo_people"),
    path("demo/story/", demo.story, name="demo_story"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("invitation/", invitation.by_code, name="invitation_code"),
    path("invitation/password/", invitation.password, name="invitation_password"),
    path("invitation/<str:code>/", invitation.by_link, name="invitation"),
]
