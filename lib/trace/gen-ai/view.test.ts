import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { genAiView } from './view'

describe('genAiView', () => {
  it('is null for a span that has nothing to do with it', () => {
    expect(genAiView({ 'http.route': '/' })).toBeNull()
  })

  it('reads the current form: parts, tool calls, tokens, finish reasons', () => {
    const view = genAiView({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.usage.input_tokens': '120',
      'gen_ai.usage.output_tokens': '33',
      'gen_ai.response.finish_reasons': '["tool_calls"]',
      'gen_ai.request.temperature': '0.2',
      'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', parts: [{ type: 'text', content: 'Is it fraud?' }] },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { score: 3 } }] },
      ]),
      'gen_ai.output.messages': JSON.stringify([
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'c2', name: 'lookup_bin', arguments: { bin: '4111' } }],
          finish_reason: 'tool_calls',
        },
      ]),
      'gen_ai.tool.definitions': '[{"type":"function","name":"lookup_bin","description":"Finds a bank"}]',
    })!
    expect(view).toMatchObject({ inputTokens: 120, outputTokens: 33, finishReasons: ['tool_calls'] })
    expect(view.messages.map((m) => [m.role, m.direction, m.parts[0]?.kind, m.parts[0]?.text])).toEqual([
      ['system', 'input', 'text', 'Be brief.'],
      ['user', 'input', 'text', 'Is it fraud?'],
      ['tool', 'input', 'tool_result', '{\n  "score": 3\n}'],
      ['assistant', 'output', 'tool_call', '{\n  "bin": "4111"\n}'],
    ])
    expect(view.toolDefinitions[0]).toMatchObject({ name: 'lookup_bin', description: 'Finds a bank' })
    expect(view.settings).toEqual([['temperature', '0.2']])
  })

  it('reads flattened prompts and completions', () => {
    const view = genAiView({
      'gen_ai.system': 'anthropic',
      'gen_ai.usage.prompt_tokens': '7',
      'gen_ai.prompt.1.content': 'second',
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'first',
      'gen_ai.completion.0.tool_calls.0.name': 'search',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"q":1}',
      'gen_ai.completion.0.finish_reason': 'stop',
    })!
    expect(view.messages.map((m) => `${m.role}: ${m.parts[0]?.text}`)).toEqual([
      'system: first',
      'user: second',
      'assistant: {\n  "q": 1\n}',
    ])
    expect(view).toMatchObject({ provider: 'anthropic', inputTokens: 7, finishReasons: ['stop'] })
  })

  it('reads messages that were sent as events or logs', () => {
    const view = genAiView({}, [
      { name: 'gen_ai.user.message', attributes: { content: 'Hello' } },
      {
        name: 'gen_ai.choice',
        attributes: { index: '0' },
        body: '{"message":{"content":"Hi"},"finish_reason":"stop"}',
      },
      { name: 'gen_ai.choice', attributes: { message: '{"content":"Ho","role":"assistant"}' } },
    ])!
    expect(view.messages.map((m) => `${m.role} ${m.direction}: ${m.parts[0]?.text}`)).toEqual([
      'user input: Hello',
      'assistant output: Hi',
      'assistant output: Ho',
    ])
  })

  it('reads the run of a tool over MCP', () => {
    const view = genAiView({
      'mcp.method.name': 'tools/call',
      'mcp.session.id': 's1',
      'gen_ai.tool.name': 'stock',
      'gen_ai.tool.call.arguments': '{"sku":"A1"}',
      'gen_ai.tool.call.result': 'plenty',
    })!
    expect(view.toolCall).toMatchObject({ name: 'stock', arguments: '{\n  "sku": "A1"\n}', result: 'plenty' })
    expect(view.mcp).toEqual([
      ['mcp.method.name', 'tools/call'],
      ['mcp.session.id', 's1'],
    ])
  })

  it('shows broken JSON as the text it is', () => {
    const view = genAiView({ 'gen_ai.input.messages': '[{"role":"user", <script>' })!
    expect(view.messages[0]?.parts[0]?.text).toBe('[{"role":"user", <script>')
  })

  it('never throws, whatever the attributes hold', () => {
    const key = fc.constantFrom(
      'gen_ai.input.messages',
      'gen_ai.output.messages',
      'gen_ai.system_instructions',
      'gen_ai.prompt.0.content',
      'gen_ai.prompt.0.role',
      'gen_ai.completion.3.tool_calls.0.arguments',
      'gen_ai.tool.definitions',
      'gen_ai.response.finish_reasons',
      'gen_ai.usage.input_tokens',
      'gen_ai.tool.name',
      'gen_ai.tool.call.result',
      'mcp.method.name',
      'content',
      'message',
      'tool_calls',
    )
    const value = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constant('[{"role":1,"parts":[null,1,{"type":"tool_call"}]}]'),
    )
    const attributes = fc.dictionary(key, value)
    fc.assert(
      fc.property(attributes, attributes, fc.option(value), (span, event, body) => {
        const events = ['gen_ai.choice', 'gen_ai.user.message'].map((name) => ({
          name,
          attributes: event,
          ...(body === null ? {} : { body }),
        }))
        for (const message of genAiView(span, events)?.messages ?? []) {
          for (const part of message.parts) expect(typeof part.text).toBe('string')
        }
      }),
    )
  })
})
