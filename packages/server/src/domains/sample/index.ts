export { loadSample } from "./load-sample.ts"
export { sampleHandlers } from "./sample.routes.ts"
export { seedWorkspace } from "./seed.ts"
