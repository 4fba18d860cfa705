using System.CommandLine;
using System.Text.RegularExpressions;
using Sampan.ApiServer;
using Sampan.ApiServer.Tracing;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>Flags of kube-apiserver about load, shutdown and audit, under upstream's names.</summary>
internal static class ApiServerOperationFlags
{
    private const double MaxGoawayChance = 0.02;

    private static readonly DurationFlag RequestTimeout = new("--request-timeout", TimeSpan.FromMinutes(1), "How long a request may take that is not long-running.");
    private static readonly Option<int> MinRequestTimeout = new("--min-request-timeout") { Description = "Seconds after which watches end, up to doubled at random.", DefaultValueFactory = _ => 1800 };
    private static readonly DurationFlag ShutdownDelay = new("--shutdown-delay-duration", TimeSpan.Zero, "How long requests are still taken after the server stops being ready.");
    private static readonly Option<bool> RetryAfter = new("--shutdown-send-retry-after") { Description = "After that, ask new requests to come back later until the others are finished." };
    private static readonly DurationFlag WatchGrace = new("--shutdown-watch-termination-grace-period", TimeSpan.Zero, "Within which time watches end when the server stops, one after the other.");
    private static readonly Option<string[]> EnabledPlugins = new("--enable-admission-plugins") { Description = "Admission plugins to use that are off by default, separated by commas." };
    private static readonly Option<string[]> DisabledPlugins = new("--disable-admission-plugins") { Description = "Admission plugins to leave out, separated by commas." };
    private static readonly Option<string?> AuditPolicy = new("--audit-policy-file") { Description = "What is recorded of requests." };
    private static readonly Option<string?> AuditLog = new("--audit-log-path") { Description = "Where audit events are written; - for the standard output." };
    private static readonly Option<int> AuditSize = new("--audit-log-maxsize") { Description = "Megabytes at which an audit log is put aside.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> AuditBackups = new("--audit-log-maxbackup") { Description = "How many audit logs are kept; 0: all.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> AuditAge = new("--audit-log-maxage") { Description = "How many days audit logs are kept; 0: for ever.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string?> WebhookConfig = new("--audit-webhook-config-file") { Description = "A kubeconfig that says where audit events are posted to." };
    private static readonly Option<int> WebhookBatch = new("--audit-webhook-batch-max-size") { Description = "The most audit events that are posted at a time.", DefaultValueFactory = _ => 400 };
    private static readonly DurationFlag WebhookWait = new("--audit-webhook-batch-max-wait", TimeSpan.FromSeconds(30), "How long an audit event waits for others.");
    private static readonly Option<int> WebhookBuffer = new("--audit-webhook-batch-buffer-size") { Description = "How many audit events may wait; beyond that they are lost.", DefaultValueFactory = _ => 10000 };
    private static readonly DurationFlag WebhookBackoff = new("--audit-webhook-initial-backoff", TimeSpan.FromSeconds(10), "The wait before audit events are posted again.");

    private static readonly Option<bool> DisableHttp2 = new("--disable-http2-serving") { Description = "Speak HTTP/1.1 only." };
    private static readonly Option<int> Http2Streams = new("--http2-max-streams-per-connection") { Description = "How many requests a connection may have open at once.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<double> GoawayChance = new("--goaway-chance") { Description = "Of how many HTTP/2 requests the connection is closed once idle, so that clients behind a load balancer spread: 0 to 0.02.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string[]> TransportSecurity = new("--strict-transport-security-directives") { Description = "What browsers are told by the Strict-Transport-Security header, such as max-age=31536000." };
    private static readonly DurationFlag EventTtl = new("--event-ttl", TimeSpan.FromHours(1), "How long events are kept.");
    private static readonly Option<long> NotReadySeconds = new("--default-not-ready-toleration-seconds") { Description = "How long pods stay on a node that is not ready, unless they say themselves.", DefaultValueFactory = _ => 300 };
    private static readonly Option<long> UnreachableSeconds = new("--default-unreachable-toleration-seconds") { Description = "How long pods stay on a node that cannot be reached, unless they say themselves.", DefaultValueFactory = _ => 300 };
    private static readonly Option<string[]> CorsAllowed = new("--cors-allowed-origins") { Description = "The origins, as regular expressions, whose pages may call the server from a browser." };
    private static readonly Option<string?> TracingConfig = new("--tracing-config-file") { Description = "Where traces are sent by OTLP, and how many." };

    public static void AddTo(Command command)
    {
        Option[] all =
        [
            RequestTimeout.Option, MinRequestTimeout, ShutdownDelay.Option, RetryAfter, WatchGrace.Option, EnabledPlugins, DisabledPlugins, EventTtl.Option, NotReadySeconds, UnreachableSeconds, CorsAllowed, AuditPolicy, AuditLog,
            AuditSize, AuditBackups, AuditAge, WebhookConfig, WebhookBatch, WebhookWait.Option, WebhookBuffer, WebhookBackoff.Option, DisableHttp2, Http2Streams, GoawayChance, TransportSecurity, TracingConfig,
        ];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>The options with what the flags say.</summary>
    public static ApiServerOptions Apply(ApiServerOptions options, ParseResult result) => WithAdmission(options, result) with
    {
        RequestTimeout = RequestTimeout.Value(result),
        MinimumWatchDuration = TimeSpan.FromSeconds(result.GetValue(MinRequestTimeout)),
        ShutdownDelay = ShutdownDelay.Value(result),
        ShutdownSendsRetryAfter = result.GetValue(RetryAfter),
        WatchTerminationGrace = WatchGrace.Value(result),
        EventLife = EventTtl.Value(result),
        NotReadyTolerationSeconds = result.GetValue(NotReadySeconds),
        UnreachableTolerationSeconds = result.GetValue(UnreachableSeconds),
        AllowedOrigins = Origins(result),
        UsesHttp2 = !result.GetValue(DisableHttp2),
        MaximumHttp2Streams = result.GetValue(Http2Streams) is > 0 and var streams ? streams : options.MaximumHttp2Streams,
        GoawayChance = result.GetValue(GoawayChance) is >= 0 and <= MaxGoawayChance and var chance
            ? chance : throw new HostException($"{GoawayChance.Name} can not be less than 0 or greater than {MaxGoawayChance}"),
        TransportSecurity = result.GetValue(TransportSecurity) is { Length: > 0 } directives ? string.Join(';', directives) : null,
        Tracing = result.GetValue(TracingConfig) is { } file ? TracingFile.Parse(File.ReadAllText(file), file) : null,
        Audit = new AuditOptions
        {
            PolicyFile = result.GetValue(AuditPolicy),
            LogPath = result.GetValue(AuditLog),
            MaxMegabytes = result.GetValue(AuditSize),
            MaxBackups = result.GetValue(AuditBackups),
            MaxDays = result.GetValue(AuditAge),
            WebhookConfigFile = result.GetValue(WebhookConfig),
            WebhookMaxBatch = result.GetValue(WebhookBatch),
            WebhookMaxWait = WebhookWait.Value(result),
            WebhookBufferSize = result.GetValue(WebhookBuffer),
            WebhookInitialBackoff = WebhookBackoff.Value(result),
        },
    };

    private static ApiServerOptions WithAdmission(ApiServerOptions options, ParseResult result)
    {
        var (enabled, disabled) = (ComponentFlags.Listed(result.GetValue(EnabledPlugins)).ToHashSet(), ComponentFlags.Listed(result.GetValue(DisabledPlugins)).ToHashSet());
        var problems = string.Join("; ", AdmissionPluginNames.Problems(enabled, disabled));
        return problems.Length == 0
            ? options with { EnabledAdmissionPlugins = enabled, DisabledAdmissionPlugins = disabled }
            : throw new HostException(problems);
    }

    private static IReadOnlyList<Regex> Origins(ParseResult result)
    {
        try
        {
            return CorsOrigins.Parse((result.GetValue(CorsAllowed) ?? []).SelectMany(value => value.Split(',')));
        }
        catch (FormatException complaint)
        {
            throw new HostException(complaint.Message);
        }
    }
}
