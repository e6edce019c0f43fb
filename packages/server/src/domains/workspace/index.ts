export { createAuthenticator } from "./authenticate.ts"
export { addMember, allMembers, forgetRights, memberNames } from "./members.ts"
export { createWorkspace, isSetUp } from "./set-up.ts"
export { workspaceHandlers } from "./workspace.routes.ts"
