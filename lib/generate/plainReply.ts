/** What a model wrote, without what models put around it: their thinking, a fence, and a first line that announces it. */
export function plainReply(reply: string): string {
  const said = reply.replace(/^\s*<think>[^]*?<\/think>/, "").trim();
  const bare = said.replace(/^(?:sure|certainly|of course|okay|here(?:'s|’s| is| are))\b[^\n]{0,200}[:!]\s*\n+/i, "");
  const inside = /^```(?:markdown|md|text)?[ \t]*\n([^]*)\n```$/.exec(bare)?.[1];
  return (inside === undefined || /^```/m.test(inside) ? bare : inside).trim();
}
