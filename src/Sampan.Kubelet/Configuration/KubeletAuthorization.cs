using System.Text.Json.Serialization;
using Sampan.Api;

namespace Sampan.Kubelet.Configuration;

/// <summary>Who decides what a client may do: the API server (Webhook), or nobody (AlwaysAllow).</summary>
public sealed record KubeletAuthorization
{
    public const string AlwaysAllow = "AlwaysAllow";
    public const string ByWebhook = "Webhook";

    public string Mode { get; set; } = ByWebhook;

    public WebhookAuthorization Webhook { get; set; } = new();
}

/// <summary>How long the API server's answers are good for.</summary>
public sealed record WebhookAuthorization
{
    [JsonPropertyName("cacheAuthorizedTTL")]
    public Duration CacheAuthorizedTtl { get; set; } = TimeSpan.FromMinutes(5);

    [JsonPropertyName("cacheUnauthorizedTTL")]
    public Duration CacheUnauthorizedTtl { get; set; } = TimeSpan.FromSeconds(30);
}
