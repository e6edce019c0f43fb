import type auth from "./en/auth.json"
import type bin from "./en/bin.json"
import type bulk from "./en/bulk.json"
import type common from "./en/common.json"
import type duplicates from "./en/duplicates.json"
import type errors from "./en/errors.json"
import type events from "./en/events.json"
import type fields from "./en/fields.json"
import type filters from "./en/filters.json"
import type imports from "./en/import.json"
import type list from "./en/list.json"
import type mail from "./en/mail.json"
import type merge from "./en/merge.json"
import type record from "./en/record.json"
import type refusals from "./en/refusals.json"
import type search from "./en/search.json"
import type sell from "./en/sell.json"
import type settings from "./en/settings.json"
import type shell from "./en/shell.json"
import type tasks from "./en/tasks.json"
import type today from "./en/today.json"
import type views from "./en/views.json"

type Texts = typeof auth &
  typeof bin &
  typeof bulk &
  typeof common &
  typeof duplicates &
  typeof errors &
  typeof events &
  typeof fields &
  typeof filters &
  typeof imports &
  typeof list &
  typeof mail &
  typeof merge &
  typeof record &
  typeof refusals &
  typeof search &
  typeof sell &
  typeof settings &
  typeof shell &
  typeof tasks &
  typeof today &
  typeof views

/** Every id that has an English text; a mistyped id does not compile. */
export type MessageId = keyof Texts & string
