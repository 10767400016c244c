// Every bound of the local S3 in one place. Where S3 publishes a number, it is S3's number.
const kib = 1024
const mib = 1024 * kib

export const objectBytesMax = 5 * 1024 * mib
export const partBytesMin = 5 * mib
export const partNumberMax = 10_000
export const keyBytesMax = 1024
export const headersMax = 100
export const headerBytesMax = 32 * kib
export const userMetadataBytesMax = 2 * kib
export const listPageMax = 1000
export const deleteKeysMax = 1000
export const tagsMax = 10
export const tagKeyMax = 128
export const tagValueMax = 256

// A delete-many of a thousand keys of a thousand bytes is the largest document a client may send.
export const documentBytesMax = 2 * mib
export const formFieldsMax = 64
export const formFieldBytesMax = 20 * kib
export const chunkHeaderBytesMax = 4 * kib
export const trailersMax = 8

export const clockSkewMs = 15 * 60_000
export const presignSecondsMax = 7 * 24 * 3600
export const corsMaxAgeSeconds = 3000

// A refused upload is read to its end up to this size, so that the client sees the refusal
// instead of a broken pipe. Beyond it the connection is cut.
export const refusedBytesReadMax = 16 * mib
export const socketIdleMs = 60_000
export const requestHeadersMs = 20_000
// An object of five gigabytes over a slow line, and no longer.
export const requestMs = 30 * 60_000
export const stopGraceMs = 2_000
export const ownerAnswerMs = 1_000
