export { liveHandlers } from "./live.routes.ts"
export { endStreams } from "./stream.ts"
