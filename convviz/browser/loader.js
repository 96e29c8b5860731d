const { default: mount } = await import(new URL("ADDRESS", globalThis.__streamlit?.BACKEND_BASE_URL ?? document.baseURI).href);
export default mount;
