namespace Sampan.Network.Routes;

/// <summary>The way to another node's pods: over that node itself on a shared link, or over its end of the tunnel.</summary>
internal sealed record PodRoute(string PodCidr, string Via, string Device);
