import { ArrowDownLeft, ArrowUpRight, Brain, Sparkles, Wrench } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'
import { formatCount } from '@/lib/format/number'
import type { ChatMessage, ChatPart } from '@/lib/trace/gen-ai/messages'
import type { GenAiView, ToolCallView } from '@/lib/trace/gen-ai/view'
import { keyed } from './keyed'
import { LongText } from './long-text'

/** A GenAI or MCP span as a person reads it: model, tokens, the conversation, tools. */
export function GenAiSection({ view }: { view: GenAiView }) {
  const title = view.operation || (view.mcp.length > 0 ? 'MCP' : 'GenAI')
  return (
    <section aria-label="GenAI" className="mt-3 rounded-md border bg-raised/40 p-2.5">
      <h3 className="flex items-center gap-1.5 text-xs font-semibold">
        <Sparkles size={13} aria-hidden className="text-accent" />
        {title}
        {view.provider ? <Badge>{view.provider}</Badge> : null}
        {view.finishReasons.map((reason) => (
          <Badge key={reason} tone={reason === 'error' || reason === 'content_filter' ? 'error' : 'neutral'}>
            {reason}
          </Badge>
        ))}
      </h3>
      <Facts view={view} />
      {view.toolCall ? <ToolCall call={view.toolCall} /> : null}
      {view.messages.length > 0 ? (
        <div className="mt-2.5 space-y-2">
          {keyed(view.messages, (message) => message.role).map(({ key, item }) => (
            <Message key={key} message={item} />
          ))}
        </div>
      ) : null}
      {view.toolDefinitions.length > 0 ? (
        <details className="mt-2.5 text-xs">
          <summary className="cursor-pointer text-muted hover:text-fg">
            Tools offered ({view.toolDefinitions.length})
          </summary>
          <ul className="mt-1 space-y-1.5">
            {keyed(view.toolDefinitions, (tool) => tool.name).map(({ key, item: tool }) => (
              <li key={key}>
                <span className="font-mono font-medium">{tool.name || '(no name)'}</span>{' '}
                <span className="text-muted">{tool.description}</span>
                {tool.parameters ? <Code text={tool.parameters} /> : null}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

function Facts({ view }: { view: GenAiView }) {
  const model =
    view.responseModel && view.responseModel !== view.requestModel && view.requestModel
      ? `${view.requestModel} → ${view.responseModel}`
      : view.responseModel || view.requestModel
  const cached = view.cachedTokens ? ` (${formatCount(view.cachedTokens)} cached)` : ''
  const facts: [name: string, value: string][] = [
    ['Model', model],
    ['Tokens in', view.inputTokens === null ? '' : formatCount(view.inputTokens) + cached],
    ['Tokens out', view.outputTokens === null ? '' : formatCount(view.outputTokens)],
    ['Agent', view.agent],
    ['Conversation', view.conversationId],
    ...view.settings,
    ...view.mcp,
  ]
  return (
    <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1.5 text-xs">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-2xs text-faint">{name}</dt>
            <dd className="font-mono font-medium break-words">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

const ROLE_TONE: Readonly<Record<string, string>> = {
  user: 'border-l-accent',
  assistant: 'border-l-ok',
  tool: 'border-l-warn',
}

function Message({ message }: { message: ChatMessage }) {
  const Direction = message.direction === 'input' ? ArrowUpRight : ArrowDownLeft
  return (
    <article
      className={cn(
        'rounded-sm border border-l-2 bg-panel px-2.5 py-1.5',
        ROLE_TONE[message.role] ?? 'border-l-strong',
      )}
    >
      <header className="flex items-center gap-1 text-2xs font-medium text-faint">
        <Direction size={11} aria-label={message.direction} />
        {message.role}
        <span className="flex-1" />
        <CopyButton
          text={() => message.parts.map((part) => part.text).join('\n\n')}
          label="Copy message"
          size="xs"
        />
      </header>
      {keyed(message.parts, (part) => part.kind).map(({ key, item }) => (
        <Part key={key} part={item} />
      ))}
    </article>
  )
}

function Part({ part }: { part: ChatPart }) {
  switch (part.kind) {
    case 'text':
      return (
        <p className="text-xs break-words">
          <LongText text={part.text} limit={1500} />
        </p>
      )
    case 'reasoning':
      return (
        <details className="text-xs text-muted">
          <summary className="flex cursor-pointer items-center gap-1">
            <Brain size={12} aria-hidden /> Reasoning
          </summary>
          <LongText text={part.text} limit={1500} />
        </details>
      )
    case 'tool_call':
    case 'tool_result':
      return (
        <div className="text-xs">
          <p className="flex items-center gap-1 text-muted">
            <Wrench size={12} aria-hidden />
            {part.kind === 'tool_call' ? 'calls' : 'result'}
            <span className="font-mono font-medium text-fg">{part.name}</span>
            <span className="truncate font-mono text-2xs text-faint">{part.id}</span>
          </p>
          <Code text={part.text} />
        </div>
      )
    case 'other':
      return (
        <div className="text-xs">
          <p className="text-muted">{part.name || 'part'}</p>
          <Code text={part.text} />
        </div>
      )
  }
}

function ToolCall({ call }: { call: ToolCallView }) {
  return (
    <div className="mt-2.5 text-xs">
      <p className="flex items-center gap-1.5">
        <Wrench size={12} aria-hidden className="text-muted" />
        <span className="font-mono font-medium">{call.name}</span>
        {call.type ? <Badge>{call.type}</Badge> : null}
        <span className="truncate font-mono text-2xs text-faint">{call.id}</span>
      </p>
      {call.description ? <p className="text-muted">{call.description}</p> : null}
      {call.arguments ? (
        <>
          <p className="mt-1 text-2xs text-faint">Arguments</p>
          <Code text={call.arguments} />
        </>
      ) : null}
      {call.result ? (
        <>
          <p className="mt-1 text-2xs text-faint">Result</p>
          <Code text={call.result} />
        </>
      ) : null}
    </div>
  )
}

function Code({ text }: { text: string }) {
  if (text === '') return null
  return (
    <pre className="mt-0.5 rounded-sm bg-canvas px-2 py-1 text-2xs break-words whitespace-pre-wrap">
      <LongText text={text} limit={3000} />
    </pre>
  )
}
