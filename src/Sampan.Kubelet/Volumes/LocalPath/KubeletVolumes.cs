using System.Text;
using Sampan.Client;

namespace Sampan.Kubelet.Volumes.LocalPath;

/// <summary>Asks kubelets, by the API server's proxy to nodes: no node needs a right to change volumes for that.</summary>
public sealed class KubeletVolumes(ApiClient client) : INodeVolumes
{
    public async Task<string> CreateAsync(string node, string volume, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString((await SendAsync("put", node, volume, cancellationToken)).Body.Span);

    public Task DeleteAsync(string node, string volume, CancellationToken cancellationToken) => SendAsync(ApiVerbs.Delete, node, volume, cancellationToken);

    private Task<ApiResponse> SendAsync(string verb, string node, string volume, CancellationToken cancellationToken) => client.Transport.SendAsync(
        new ApiRequest { Verb = verb, RawPath = $"/api/v1/nodes/{node}/proxy/localVolumes/{volume}", Form = ObjectForm.Raw }, cancellationToken);
}
