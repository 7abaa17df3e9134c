-- Drives Neovim as a person does: opens a file of a plan, mistypes, looks, jumps, renames, formats, undoes.
-- arg: where to write what was seen, as JSON.
local seen = {}
local report = vim.env.POA_SEEN

local function lines()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
end

local function wait_for(what, condition)
  local done = vim.wait(20000, condition, 20)
  if not done then
    seen.failed = what
    vim.fn.writefile({ vim.fn.json_encode(seen) }, report)
    vim.cmd("qall!")
  end
end

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, { code = each.code, message = each.message, line = each.lnum + 1 })
  end
  return found
end

local function put(old, new)
  vim.cmd("silent! %s/" .. old .. "/" .. new .. "/")
end

local function at(words)
  vim.fn.cursor(1, 1)
  vim.fn.search(words)
end

vim.cmd("edit plan/sections/01-first.yaml")
wait_for("the server", function()
  return #vim.lsp.buf_get_clients(0) > 0 and vim.lsp.buf_get_clients(0)[next(vim.lsp.buf_get_clients(0))].initialized
end)
local before = lines()

put("- states$", "- statse")
wait_for("a finding", function() return #vim.diagnostic.get(0) > 0 end)
seen.mistyped = codes()
vim.cmd("undo")
wait_for("no finding", function() return #vim.diagnostic.get(0) == 0 end)

at("- states$")
vim.cmd("normal! 2l")
vim.lsp.buf.definition()
wait_for("the jump", function() return vim.api.nvim_buf_get_name(0):match("actors.yaml$") ~= nil end)
seen.jumped = { vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ":t"), vim.api.nvim_get_current_line() }
vim.cmd("edit plan/sections/01-first.yaml")

at("- states$")
vim.cmd("normal! 2l")
local hovered = vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(), 20000)
seen.hover = hovered[next(hovered)].result.contents.value

vim.lsp.buf.rename("nations")
wait_for("the rename", function() return lines():match("- nations") ~= nil end)
seen.renamed = {}
for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":t")
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
  if text:match("nations") then table.insert(seen.renamed, name) end
end
vim.cmd("undo")
seen.undone = lines() == before

put("status: draft", "status:     draft")
vim.lsp.buf.formatting_sync({}, 20000)
seen.formatted = vim.fn.getline(vim.fn.search("status: draft", "nw"))
vim.cmd("earlier 1f")
seen.as_before = lines() == before
seen.modified = vim.bo.modified

vim.fn.writefile({ vim.fn.json_encode(seen) }, report)
vim.cmd("qall!")
