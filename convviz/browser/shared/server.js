// The server that sent the page.

/** The address of something that it serves. */
export const addressOf = (path) => new URL(path, globalThis.__streamlit?.BACKEND_BASE_URL ?? document.baseURI);
