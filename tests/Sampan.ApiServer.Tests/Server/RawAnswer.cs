using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>An answer as it would go over the wire.</summary>
internal sealed record RawAnswer(int Code, byte[] Bytes, IHeaderDictionary Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonObject Json => JsonNode.Parse(Bytes)!.AsObject();

    public string? Message => (string?)Json["message"];

    public string? Reason => (string?)Json["reason"];
}
