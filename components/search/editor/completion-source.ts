import { type CompletionContext, type CompletionResult, startCompletion } from '@codemirror/autocomplete'
import { complete } from '@/components/api/complete'
import type { QueryEditorProps } from './query-editor'

/** Asks the API what could stand at the cursor. A completion is a help: when it fails, nothing is offered. */
export function completionSource(props: () => QueryEditorProps) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const { language, selection } = props()
    if (language !== 'lucene' || !selection) return null
    const abort = new AbortController()
    context.addEventListener('abort', () => abort.abort(), { onDocChange: true })
    const query = context.state.doc.toString()
    const answer = await complete({ ...selection, query, position: context.pos }, abort.signal).catch(
      () => null,
    )
    if (!answer || answer.items.length === 0 || abort.signal.aborted) return null
    return {
      from: Math.min(answer.from, context.pos),
      to: Math.max(answer.to, context.pos),
      // The server has matched already; its order is the best one.
      filter: false,
      options: answer.items.map((item) => ({
        label: item.label,
        ...(item.detail ? { detail: item.detail } : {}),
        type: item.kind,
        apply: (view, _completion, from, to) => {
          view.dispatch({
            changes: { from, to, insert: item.insert },
            selection: { anchor: from + item.insert.length },
            userEvent: 'input.complete',
          })
          // After `field:` come its values.
          if (item.kind === 'field') startCompletion(view)
        },
      })),
    }
  }
}
