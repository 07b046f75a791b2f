const TRIPLETS: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** The folder in which Debian has the libraries of this machine. @throws Error where it is no such machine */
export function libraryTriplet(): string {
  const triplet = TRIPLETS[process.arch];
  if (process.platform !== 'linux' || triplet === undefined)
    throw new Error(`it is looked for on Linux only, and not on ${process.arch}`);
  return triplet;
}
