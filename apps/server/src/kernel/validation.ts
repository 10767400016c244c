import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'

/** Addresses carry text, so `?limit=5` is read as a number; a body says what it means and is taken at its word. */
const loose = new Ajv({ coerceTypes: 'array', useDefaults: true, allErrors: true })
const strict = new Ajv({ coerceTypes: false, useDefaults: true, allErrors: true })
addFormats.default(loose)
addFormats.default(strict)

/** Compiles one part of a declared endpoint; every wrong field is reported, not only the first. */
export const compileSchema: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? strict : loose).compile(schema)
