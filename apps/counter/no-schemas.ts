/**
 * Stands in for the schema library in the browser's bundle: the desk uses the declarations of endpoints for their
 * addresses and types, and the server alone checks by their schemas. Measured: a fifth of every page's script.
 */
// A declaration may take a field of another's shape: its properties are there, and empty.
const nothing = () => ({ properties: {} })

export const Type: unknown = new Proxy({}, { get: () => nothing })
