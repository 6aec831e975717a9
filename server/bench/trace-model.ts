import { bigSkeleton } from '@/lib/trace/fixture'
import { minimapBars } from '@/lib/trace/minimap'
import { buildTraceModel } from '@/lib/trace/model'
import { collapseFrom, expandAll, visibleRows } from '@/lib/trace/rows'

/**
 * Tree and rows of a trace of 50,000 spans and 10,000 logs, as a page opens it: budget 150 ms in Node.
 * `node --import tsx server/bench/trace-model.ts` prints one JSON line; exit code 1 when over budget.
 */
const SPANS = 50_000
const LOGS = 10_000
const BUDGET_MS = 150
const RUNS = 9

function timed<T>(work: () => T): { ms: number; result: T } {
  const from = performance.now()
  const result = work()
  return { ms: performance.now() - from, result }
}

const skeleton = bigSkeleton(SPANS, LOGS)
const runs = Array.from({ length: RUNS }, () => {
  const build = timed(() => buildTraceModel(skeleton))
  const model = build.result
  const rows = timed(() => visibleRows(model, expandAll(model), true))
  const collapse = timed(() => visibleRows(model, collapseFrom(model, 1), true))
  const minimap = timed(() => minimapBars(model, 1000, 26))
  return { buildMs: build.ms, rowsMs: rows.ms, collapseMs: collapse.ms, minimapMs: minimap.ms }
})
const first = runs[0]!
const median = (pick: (run: (typeof runs)[number]) => number) =>
  Number(
    runs
      .map(pick)
      .sort((a, b) => a - b)
      [RUNS >> 1]!.toFixed(1),
  )
const coldMs = Number((first.buildMs + first.rowsMs).toFixed(1))
console.log(
  JSON.stringify({
    bench: 'trace-model',
    spans: SPANS,
    logs: LOGS,
    coldTreeAndRowsMs: coldMs,
    medianBuildMs: median((run) => run.buildMs),
    medianRowsMs: median((run) => run.rowsMs),
    medianCollapseAllMs: median((run) => run.collapseMs),
    medianMinimapMs: median((run) => run.minimapMs),
    budgetMs: BUDGET_MS,
    ok: coldMs <= BUDGET_MS,
  }),
)
if (coldMs > BUDGET_MS) process.exitCode = 1
