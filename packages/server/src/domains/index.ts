import type { DomainParts } from "../kernel/context.ts"
import type { Handlers } from "../kernel/http/handlers.ts"
import { activitiesDomain } from "./activities/index.ts"
import { auditHandlers } from "./audit/index.ts"
import { backupDomain, backupHandlers } from "./backup/index.ts"
import { catalogDomain } from "./catalog/index.ts"
import { choicesHandlers } from "./choices/index.ts"
import { dealsDomain, dealsHandlers } from "./deals/index.ts"
import { duplicatesDomain, duplicatesHandlers } from "./duplicates/index.ts"
import { fieldsDomain, fieldsHandlers } from "./fields/index.ts"
import { filesDomain, filesHandlers } from "./files/index.ts"
import { liveHandlers } from "./live/index.ts"
import { movingDomain, movingHandlers } from "./moving/index.ts"
import { notificationsDomain, notificationsHandlers } from "./notifications/index.ts"
import { objectsDomain, objectsHandlers } from "./objects/index.ts"
import { ordersDomain, ordersHandlers } from "./orders/index.ts"
import { peopleDomain } from "./people/index.ts"
import { rightsHandlers } from "./rights/index.ts"
import { sampleHandlers } from "./sample/index.ts"
import { searchHandlers } from "./search/index.ts"
import { tasksDomain } from "./tasks/index.ts"
import { todayHandlers } from "./today/index.ts"
import { transferDomain, transferHandlers } from "./transfer/index.ts"
import { viewsDomain, viewsHandlers } from "./views/index.ts"
import {
  factorsHandlers,
  invitationsHandlers,
  passkeysHandlers,
  providerHandlers,
  signInHandlers,
  workspaceHandlers,
} from "./workspace/index.ts"

/** The one list of domains: what stands here is part of the product. */
export const domains: readonly DomainParts[] = [
  filesDomain,
  fieldsDomain,
  objectsDomain,
  peopleDomain,
  activitiesDomain,
  tasksDomain,
  dealsDomain,
  catalogDomain,
  ordersDomain,
  transferDomain,
  backupDomain,
  movingDomain,
  duplicatesDomain,
  notificationsDomain,
  viewsDomain,
]
/** Handlers of the domains' own endpoints; those of every entity come from the kernel. */
export const domainHandlers: readonly Handlers[] = [
  workspaceHandlers,
  factorsHandlers,
  passkeysHandlers,
  invitationsHandlers,
  signInHandlers,
  providerHandlers,
  fieldsHandlers,
  objectsHandlers,
  choicesHandlers,
  dealsHandlers,
  ordersHandlers,
  rightsHandlers,
  filesHandlers,
  notificationsHandlers,
  liveHandlers,
  searchHandlers,
  todayHandlers,
  sampleHandlers,
  transferHandlers,
  backupHandlers,
  movingHandlers,
  auditHandlers,
  duplicatesHandlers,
  viewsHandlers,
]
