using System.Text.Json.Nodes;

namespace Sampan.Client;

/// <summary>Objects of any resource, known at run time only, as JSON trees.</summary>
public sealed class DynamicClient : ResourceClient<JsonObject>
{
    internal DynamicClient(IApiTransport transport, GroupVersionResource resource)
        : base(transport, resource, TreeCodec.Instance)
    {
    }
}
