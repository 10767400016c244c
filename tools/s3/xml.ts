import { parseXML } from '@aws-sdk/xml-builder'
import { S3Error } from './s3-error.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, character => escapes[character] ?? character)
}

/** A tree of elements: text, one child, or a list that repeats the element. */
export type XmlTree = { [element: string]: XmlValue }
export type XmlValue = string | number | boolean | undefined | XmlTree | XmlTree[]

function renderElement(name: string, value: XmlValue): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map(item => renderElement(name, item)).join('')
  const content = typeof value === 'object' ? renderTree(value) : escapeXml(String(value))
  return `<${name}>${content}</${name}>`
}

function renderTree(tree: XmlTree): string {
  return Object.entries(tree)
    .map(([name, value]) => renderElement(name, value))
    .join('')
}

/** Renders a document as S3 does: a root in S3's namespace, undefined elements left out. */
export function xmlDocument(root: string, tree: XmlTree): string {
  const namespace = root === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${renderTree(tree)}</${root}>`
}

export type ParsedXml = Record<string, unknown>

/** Parses a client's document and returns the content of its root; anything else is MalformedXML. */
export function parseXmlDocument(text: string, root: string): ParsedXml {
  // A document type can define entities; S3's documents have none.
  if (/<!DOCTYPE/i.test(text)) throw malformed()
  let parsed: ParsedXml
  try {
    parsed = parseXML(text) as ParsedXml
  } catch (cause) {
    throw Object.assign(malformed(), { cause })
  }
  const content = parsed[root]
  if (content === '') return {}
  return asElement(content)
}

export function asElement(value: unknown): ParsedXml {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  return value as ParsedXml
}

/** The repeated children of one name, none, one or many, each an element of its own. */
export function childElements(parent: ParsedXml, name: string): ParsedXml[] {
  const children = parent[name]
  if (children === undefined || children === '') return []
  return (Array.isArray(children) ? children : [children]).map(asElement)
}

export function childText(parent: ParsedXml, name: string): string | undefined {
  const text = parent[name]
  if (text === undefined) return undefined
  if (typeof text !== 'string') throw malformed()
  return text
}

function malformed(): S3Error {
  return new S3Error('MalformedXML', 'The XML you provided was not well-formed or not expected.')
}
