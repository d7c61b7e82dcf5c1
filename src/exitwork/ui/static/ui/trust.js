/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Pages may take in markup of our own server only as markup: no script address, no script text. */
"use strict";
if (window.trustedTypes?.createPolicy) {
  window.trustedTypes.createPolicy("default", { createHTML: (markup) => markup });
}
