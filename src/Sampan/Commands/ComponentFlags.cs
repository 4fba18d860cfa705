using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sampan.Client;
using Sampan.Client.LeaderElection;
using Sampan.Client.Metrics;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>The flags that upstream's components have in common, with upstream's names and defaults.</summary>
internal sealed class ComponentFlags(string component, int defaultPort)
{
    public Option<string?> Kubeconfig { get; } = new("--kubeconfig") { Description = "How to reach the API server (default: as a pod does, or your own kubeconfig)." };
    public Option<string?> Master { get; } = new("--master") { Description = "The API server's URL; wins over the kubeconfig's." };
    public Option<string> BindAddress { get; } = new("--bind-address") { Description = "Where health and metrics are served.", DefaultValueFactory = _ => "127.0.0.1" };
    public Option<int> SecurePort { get; } = new("--secure-port") { Description = "The port of health and metrics; 0: none.", DefaultValueFactory = _ => defaultPort };
    public Option<string?> CertificateFile { get; } = new("--tls-cert-file") { Description = "The serving certificate (default: one made for this process)." };
    public Option<string?> KeyFile { get; } = new("--tls-private-key-file") { Description = "Its private key." };
    public Option<bool> LeaderElect { get; } = new("--leader-elect") { Description = "Work only while holding the lease, so that several can run.", DefaultValueFactory = _ => true };
    public Option<string> LeaseName { get; } = new("--leader-elect-resource-name") { Description = "The lease's name.", DefaultValueFactory = _ => component };
    public Option<string> LeaseNamespace { get; } = new("--leader-elect-resource-namespace") { Description = "The lease's namespace.", DefaultValueFactory = _ => "kube-system" };
    public DurationFlag LeaseDuration { get; } = new("--leader-elect-lease-duration", TimeSpan.FromSeconds(15), "How long others wait after the last renewal that they saw.");
    public DurationFlag RenewDeadline { get; } = new("--leader-elect-renew-deadline", TimeSpan.FromSeconds(10), "After how long without renewal the leader gives up.");
    public DurationFlag RetryPeriod { get; } = new("--leader-elect-retry-period", TimeSpan.FromSeconds(2), "How often the lease is tried for, and renewed.");
    public Option<bool> Version { get; } = new("--version") { Description = "Show the version of Kubernetes that this is, and end.", Action = new ShowVersion() };
    public Option<int> Verbosity { get; } = new("--v", "-v") { Description = "How much to log: 0 to 4." };

    /// <summary>A flag may be given several times, and each time with several values between commas.</summary>
    public static string[] Listed(string[]? values) => [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries))];

    public void AddTo(Command command)
    {
        Option[] all = [Kubeconfig, Master, BindAddress, SecurePort, CertificateFile, KeyFile, LeaderElect, LeaseName, LeaseNamespace, LeaseDuration.Option, RenewDeadline.Option, RetryPeriod.Option, Version, Verbosity];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <param name="result">The command line.</param>
    /// <param name="kubeconfig">A path that wins over the flag.</param>
    public ApiClient Client(ParseResult result, string? kubeconfig = null) => new(Config(result, kubeconfig));

    /// <param name="result">The command line.</param>
    /// <param name="kubeconfig">A path that wins over the flag.</param>
    public ClientConfig Config(ParseResult result, string? kubeconfig = null)
    {
        var path = kubeconfig ?? result.GetValue(Kubeconfig);
        var config = path is null && InClusterConfig.IsAvailable ? InClusterConfig.Load() : FromKubeconfig(path);
        return (result.GetValue(Master) is { } master ? config with { Server = master } : config) with { UserAgent = component };
    }

    public LeaderElectionOptions? Election(ParseResult result) => result.GetValue(LeaderElect)
        ? new LeaderElectionOptions(result.GetValue(LeaseName)!, LeaderElectionOptions.NewIdentity())
        {
            Namespace = result.GetValue(LeaseNamespace)!,
            LeaseDuration = LeaseDuration.Value(result),
            RenewDeadline = RenewDeadline.Value(result),
            RetryPeriod = RetryPeriod.Value(result),
        }
        : null;

    /// <summary>Where health is served; null for port 0.</summary>
    public HealthServerOptions? Health(ParseResult result) => result.GetValue(SecurePort) is > 0 and var port
        ? new HealthServerOptions(Address(result.GetValue(BindAddress)!, "--bind-address"), port, Certificate(result)) { Component = (component, Shown(result)) }
        : null;

    public static IPAddress Address(string text, string flag) =>
        IPAddress.TryParse(text, out var address) ? address : throw new HostException($"{flag}: \"{text}\" is no IP address");

    private static ClientConfig FromKubeconfig(string? path) => Sampan.Client.Kubeconfig.Load(path).ToClientConfig();

    private Func<X509Certificate2> Certificate(ParseResult result)
    {
        if (result.GetValue(CertificateFile) is not { } file)
        {
            var own = Cluster.Certificates.SelfSigned.Create(component, TimeProvider.System);
            return () => own;
        }

        var key = result.GetValue(KeyFile) ?? throw new HostException("--tls-cert-file needs --tls-private-key-file");
        var given = new FileValue<X509Certificate2>(texts => X509Certificate2.CreateFromPem(texts[0], texts[1]), file, key);
        _ = given.Current;
        return () => given.Current;
    }

    /// <summary>The flags of a command and their values, given or not, by their names without dashes.</summary>
    public static Dictionary<string, string> Shown(ParseResult result) => result.CommandResult.Command.Options
        .Where(option => !option.Hidden).ToDictionary(option => option.Name.TrimStart('-'), option => Text(result, option));

    private static string Text(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false } given
        ? string.Join(',', given.Tokens.Select(token => token.Value))
        : option.HasDefaultValue ? Convert.ToString(option.GetDefaultValue(), CultureInfo.InvariantCulture) ?? "" : "";

    /// <summary>As upstream's components say it.</summary>
    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            Console.WriteLine($"Kubernetes v{KubernetesVersion.Binary}");
            return 0;
        }
    }
}
