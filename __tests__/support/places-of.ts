/** The places in a JSON document whose text holds a secret, e.g. `resources[0].values.setup.client_secret`. */
export function placesOf(secret: string, document: unknown, place = ""): string[] {
  if (typeof document === "string") {
    return document.includes(secret) ? [place] : [];
  }
  if (typeof document !== "object" || document === null) {
    return [];
  }
  return Object.entries(document).flatMap(([key, value]) => {
    if (Array.isArray(document)) {
      return placesOf(secret, value, `${place}[${key}]`);
    }
    return [
      ...(key.includes(secret) ? [`the key of ${place}`] : []),
      ...placesOf(secret, value, place === "" ? key : `${place}.${key}`),
    ];
  });
}
