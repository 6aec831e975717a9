import { EditorView } from '@codemirror/view'

/** Everything in tokens of app/globals.css, so that both themes need one set of rules. */
export const editorTheme = EditorView.theme({
  '&': { fontSize: '12.5px', backgroundColor: 'transparent', color: 'var(--color-fg)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    lineHeight: '30px',
    overflowX: 'auto',
    scrollbarWidth: 'none',
  },
  '.cm-content': { padding: '0', caretColor: 'var(--color-accent)', fontVariantLigatures: 'none' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--color-accent)', borderLeftWidth: '2px' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'color-mix(in srgb, var(--color-accent) 30%, transparent)',
  },
  '.cm-placeholder': { color: 'var(--color-faint)' },
  '.tok-field': { color: 'var(--color-accent)' },
  '.tok-operator, .tok-keyword, .tok-wildcard': { color: 'var(--color-warn)' },
  '.tok-value, .tok-quoted, .tok-string': { color: 'var(--color-ok)' },
  '.tok-colon, .tok-parenthesis, .tok-punctuation': { color: 'var(--color-faint)' },
  '.tok-regex, .tok-compare, .tok-range, .tok-number': { color: 'var(--color-info)' },
  '.cm-wrong-error': { textDecoration: 'underline wavy var(--color-error)', textUnderlineOffset: '4px' },
  '.cm-wrong-warning': { textDecoration: 'underline wavy var(--color-warn)', textUnderlineOffset: '4px' },
})
