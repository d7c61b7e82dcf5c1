/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What every page does a little better with scripts. Nothing here is needed to use a page. */
import { keepDrafts } from "./draft.js";
import { leaveAtOnce } from "./leave.js";
import { listenToKeys } from "./keys.js";
import { warnBeforeTheEnd } from "./session.js";
import { guardForms, showProblems } from "./forms.js";

showProblems();
guardForms();
keepDrafts();
leaveAtOnce();
listenToKeys();
warnBeforeTheEnd();
