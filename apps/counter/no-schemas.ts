/**
 * Stands in for the schema library in the browser's bundle: the desk uses the declarations of endpoints for their
 * addresses and types, and the server alone checks by their schemas. Measured: a fifth of every page's script.
 */
const nothing = () => ({})

export const Type: unknown = new Proxy({}, { get: () => nothing })
