/** What an environment cannot simulate; a step with it proves nothing. */
export class Unsupported extends Error {}
