/** Sizes that rows, guides and the virtual list agree on, in pixels. */
export const ROW_HEIGHT = 28
/** Left and right of the bars, so that the first and the last do not touch the edges. */
export const TIMELINE_LEFT = 4
export const TIMELINE_RIGHT = 12
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
