/** Sizes that rows, guides and the virtual list agree on, in pixels. */
export const ROW_HEIGHT = 28
export const INDENT = 14
/** Left of the first level. */
export const TREE_PADDING = 8
/** Room that a name keeps, however deep it stands. */
const NAME_ROOM = 190

/** Levels that can be indented before names run out of room; deeper ones stand below each other. */
export function maxLevels(nameWidth: number): number {
  return Math.max(4, Math.floor((nameWidth - NAME_ROOM) / INDENT))
}

export function rowId(treeId: string, node: number): string {
  return `${treeId}-${node}`
}
