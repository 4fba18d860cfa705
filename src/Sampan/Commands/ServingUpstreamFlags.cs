using static Sampan.Commands.UpstreamFlag;

namespace Sampan.Commands;

/// <summary>Flags that upstream's scheduler and controller manager have in common and that have nothing to set here.</summary>
internal static class ServingUpstreamFlags
{
    private const string NoProxies = "no proxy is trusted to name its users";
    private const string Limits = "the API server's flow control limits requests, the client does not";
    private const string Tracing = "use perf";
    private const string Text = "logs are lines of text on standard error";

    /// <summary>Those about who may see what the component serves, of components that show it to everyone.</summary>
    /// <param name="open">Who may see it.</param>
    public static IReadOnlyList<UpstreamFlag> Access(string open) =>
    [
        WithoutEffect("--authentication-kubeconfig", open),
        WithoutEffect("--authentication-skip-lookup", open),
        WithoutEffect("--authentication-token-webhook-cache-ttl", open),
        WithoutEffect("--authorization-kubeconfig", open),
        WithoutEffect("--authorization-always-allow-paths", open),
        WithoutEffect("--authorization-webhook-cache-authorized-ttl", open),
        WithoutEffect("--authorization-webhook-cache-unauthorized-ttl", open),
        WithoutEffect("--client-ca-file", open),
    ];

    public static IReadOnlyList<UpstreamFlag> All { get; } =
    [
        WithoutEffect("--authentication-tolerate-lookup-failure", "without the authorities of the cluster no client certificate counts"),
        WithoutEffect("--requestheader-allowed-names", NoProxies),
        WithoutEffect("--requestheader-client-ca-file", NoProxies),
        WithoutEffect("--requestheader-extra-headers-prefix", NoProxies),
        WithoutEffect("--requestheader-group-headers", NoProxies),
        WithoutEffect("--requestheader-uid-headers", NoProxies),
        WithoutEffect("--requestheader-username-headers", NoProxies),
        WithoutEffect("--cert-dir", "without --tls-cert-file a certificate is made for the process and kept in memory"),
        Refused("--tls-sni-cert-key", "use --tls-cert-file"),
        WithoutEffect("--tls-cipher-suites", "the host's OpenSSL settings decide"),
        WithoutEffect("--tls-curve-preferences", "the host's OpenSSL settings decide"),
        Only("--tls-min-version", "VersionTLS12"),
        WithoutEffect("--disable-http2-serving", "health and metrics are served by HTTP/1.1 and HTTP/2"),
        WithoutEffect("--http2-max-streams-per-connection", "the server's limit is 100"),
        WithoutEffect("--permit-address-sharing", "the port is this process's alone"),
        WithoutEffect("--permit-port-sharing", "the port is this process's alone"),
        WithoutEffect("--kube-api-burst", Limits),
        WithoutEffect("--kube-api-qps", Limits),
        WithoutEffect("--kube-api-content-type", "objects travel as JSON"),
        Only("--leader-elect-resource-lock", "leases"),
        FeatureGates,
        WithoutEffect("--emulated-version", "there is one version"),
        WithoutEffect("--emulation-forward-compatible", "there is one version"),
        WithoutEffect("--min-compatibility-version", "there is one version"),
        WithoutEffect("--profiling", Tracing),
        WithoutEffect("--contention-profiling", Tracing),
        WithoutEffect("--allow-metric-labels", "labels have few values"),
        WithoutEffect("--allow-metric-labels-manifest", "labels have few values"),
        WithoutEffect("--disabled-metrics", "metrics cost next to nothing"),
        WithoutEffect("--show-hidden-metrics-for-version", "no metric is hidden"),
        WithoutEffect("--logging-format", Text),
        WithoutEffect("--log-flush-frequency", "logs are written at once"),
        WithoutEffect("--log-text-info-buffer-size", Text),
        WithoutEffect("--log-text-split-stream", Text),
        WithoutEffect("--log-json-info-buffer-size", Text),
        WithoutEffect("--log-json-split-stream", Text),
        WithoutEffect("--vmodule", "use --v"),
    ];
}
