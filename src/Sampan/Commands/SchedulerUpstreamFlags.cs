using static Sampan.Commands.UpstreamFlag;

namespace Sampan.Commands;

/// <summary>Flags of upstream's kube-scheduler that have nothing to set here.</summary>
internal static class SchedulerUpstreamFlags
{
    private const string Open = "health and metrics are open to who reaches --bind-address; explanations ask the API server with the caller's token";
    private const string Limits = "the API server's flow control limits requests, the client does not";
    private const string Tracing = "use dotnet-counters and dotnet-trace";
    private const string Text = "logs are lines of text on standard error";

    public static IReadOnlyList<UpstreamFlag> All { get; } =
    [
        WithoutEffect("--authentication-kubeconfig", Open),
        WithoutEffect("--authentication-skip-lookup", Open),
        WithoutEffect("--authentication-tolerate-lookup-failure", Open),
        WithoutEffect("--authentication-token-webhook-cache-ttl", Open),
        WithoutEffect("--authorization-kubeconfig", Open),
        WithoutEffect("--authorization-always-allow-paths", Open),
        WithoutEffect("--authorization-webhook-cache-authorized-ttl", Open),
        WithoutEffect("--authorization-webhook-cache-unauthorized-ttl", Open),
        WithoutEffect("--client-ca-file", Open),
        WithoutEffect("--requestheader-allowed-names", Open),
        WithoutEffect("--requestheader-client-ca-file", Open),
        WithoutEffect("--requestheader-extra-headers-prefix", Open),
        WithoutEffect("--requestheader-group-headers", Open),
        WithoutEffect("--requestheader-uid-headers", Open),
        WithoutEffect("--requestheader-username-headers", Open),
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
        WithoutEffect("--feature-gates", "features are on or off as in a default cluster"),
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
