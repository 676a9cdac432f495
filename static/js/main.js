/** Wakes every behaviour that the page asks for; a page without scripts lacks comfort, never content. */

import {
  Button,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
} from "govuk-frontend";

import { changeKeys } from "./behaviours/change-keys.js";
import { compareChoice } from "./behaviours/compare-choice.js";
import { copyLink } from "./behaviours/copy-link.js";
import { foldAll } from "./behaviours/fold-all.js";
import { typeAhead } from "./behaviours/type-ahead.js";

const BEHAVIOURS = {
  "change-keys": changeKeys,
  "compare-choice": compareChoice,
  "copy-link": copyLink,
  "fold-all": foldAll,
  "type-ahead": typeAhead,
};

document.documentElement.classList.add("js-enabled");
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink]) {
  createAll(component);
}

for (const element of document.querySelectorAll("[data-behaviour]")) {
  BEHAVIOURS[element.dataset.behaviour]?.(element);
}
