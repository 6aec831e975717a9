import { PostgreSQL, sql } from '@codemirror/lang-sql'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { tags } from '@lezer/highlight'

const style = HighlightStyle.define([
  { tag: tags.keyword, class: 'tok-keyword' },
  { tag: [tags.string, tags.special(tags.string)], class: 'tok-string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'tok-number' },
  { tag: [tags.operator, tags.punctuation, tags.paren], class: 'tok-punctuation' },
  { tag: [tags.name, tags.propertyName], class: 'tok-field' },
])

/** Loaded when somebody chooses SQL. PostgreSQL's dialect is the nearest that the package has to ClickHouse's. */
export const sqlExtension = [sql({ dialect: PostgreSQL }), syntaxHighlighting(style)]
