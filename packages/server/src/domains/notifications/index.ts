export { notificationsHandlers } from "./notifications.routes.ts"
export { type NewNotification, notify } from "./notifications.service.ts"
