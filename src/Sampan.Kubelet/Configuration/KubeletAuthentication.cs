using System.Text.Json.Serialization;
using Sampan.Api;

namespace Sampan.Kubelet.Configuration;

/// <summary>How a client of the kubelet's API shows who it is.</summary>
public sealed record KubeletAuthentication
{
    public X509Authentication X509 { get; set; } = new();

    public WebhookAuthentication Webhook { get; set; } = new();

    public AnonymousAuthentication Anonymous { get; set; } = new();
}

/// <summary>By a certificate of this authority; empty for not at all.</summary>
public sealed record X509Authentication
{
    [JsonPropertyName("clientCAFile")]
    public string ClientCaFile { get; set; } = "";
}

/// <summary>By a token that the API server confirms.</summary>
public sealed record WebhookAuthentication
{
    public bool Enabled { get; set; } = true;

    [JsonPropertyName("cacheTTL")]
    public Duration CacheTtl { get; set; } = TimeSpan.FromMinutes(2);
}

/// <summary>Whoever shows nothing is system:anonymous rather than refused.</summary>
public sealed record AnonymousAuthentication
{
    public bool Enabled { get; set; }
}
