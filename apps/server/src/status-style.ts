/** The page of the status is one answer, so its style travels in it; the shop's own colours. */
export const statusStyle = `
*{box-sizing:border-box;margin:0}
body{font:1rem/1.5 system-ui,-apple-system,"Noto Sans","Noto Sans Devanagari",sans-serif;background:#F7F8F5;color:#12211D}
header,main{max-width:44rem;margin:auto;padding:0 1rem}
header{display:flex;justify-content:space-between;align-items:center;min-height:3.5rem}
a{color:#0B5D4B;text-underline-offset:.2em;display:inline-flex;align-items:center;min-height:2.75rem}
header a:first-child{font-weight:700;font-size:1.125rem;text-decoration:none}
a:focus-visible{outline:3px solid #0B5D4B;outline-offset:2px;border-radius:4px}
section{display:flex;gap:1rem;align-items:center;padding:1.5rem 1.25rem;border-radius:14px;background:var(--soft);margin-block:.5rem 1.25rem}
h1{font-size:clamp(1.375rem,5vw,1.875rem);line-height:1.25}
section p{margin-top:.25rem;color:#2F433C}
svg{fill:none;stroke:currentColor;stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round;flex:none}
section svg{inline-size:3rem;block-size:3rem;padding:.5rem;border-radius:50%;background:var(--deep);color:#fff}
ul{list-style:none;padding:0;background:#fff;border:1px solid #D9E0DC;border-radius:14px}
li{display:grid;grid-template-columns:1fr auto;gap:.25rem 1rem;align-items:center;padding:1rem 1.25rem}
li+li{border-top:1px solid #E7ECE9}
h2{font-size:1rem}
li b{display:inline-flex;align-items:center;gap:.375rem;color:var(--deep);font-size:.9375rem}
li svg{inline-size:1.125rem;block-size:1.125rem}
li p{grid-column:1/-1;color:#50635C}
footer{display:flex;flex-wrap:wrap;gap:0 1rem;justify-content:space-between;align-items:center;padding-block:.75rem 2rem;color:#50635C;font-size:.875rem}
.ok{--deep:#0B5D4B;--soft:#E3F0EA}.late,.unknown{--deep:#7A5600;--soft:#FBF1DA}.unreachable{--deep:#9B1C1C;--soft:#FBE6E4}
@media (max-width:26rem){li{grid-template-columns:1fr}li b{grid-row:2}}`
