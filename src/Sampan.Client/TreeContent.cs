using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sampan.Client;

internal sealed class TreeContent(JsonNode value) : ApiContent
{
    public override object Value => value;

    public override EncodedContent Encode(WireFormat format) => new(JsonTree.Encode(value), MediaTypes.Json);
}
