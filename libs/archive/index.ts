export { octetsOf, openArchive, printable, type Archive, type ArchiveFault, type RandomAccess } from './read-archive.js';
export { centralHeader, descriptor, endOf, endOfArchive, localHeader, type ZipEntry } from './zip-layout.js';
export { ZipWriter } from './zip-writer.js';
