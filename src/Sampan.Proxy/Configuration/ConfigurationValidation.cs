using System.Net;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Client;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Configuration;

/// <summary>What a configuration may not say, with upstream's paths and words. Upstream: pkg/proxy/apis/config/validation.</summary>
internal sealed class ConfigurationValidation
{
    private const string Root = "KubeProxyConfiguration";
    private const string NotNegative = "must be greater than or equal to 0";
    private const string PreviousVersion = $"{KubernetesVersion.Major}.{KubernetesVersion.PreviousMinor}";
    private const string Positive = "must be greater than 0";
    private static readonly TimeSpan DefaultSyncPeriod = TimeSpan.FromSeconds(30);
    private const string OneOfEach = "must be a either a single CIDR or dual-stack pair of CIDRs (e.g. [10.100.0.0/16, fde4:8dba:82e1::/48]";
    private readonly List<string> _errors = [];

    private ConfigurationValidation()
    {
    }

    public static IReadOnlyList<string> Validate(KubeProxyConfiguration configuration)
    {
        var validation = new ConfigurationValidation();
        validation.Mode(configuration);
        validation.Limits(configuration);
        validation.Addresses(configuration);
        validation.DetectLocal(configuration);
        validation.HiddenMetrics(configuration.ShowHiddenMetricsForVersion);
        return validation._errors;
    }

    private void Mode(KubeProxyConfiguration configuration)
    {
        Bit("KubeProxyIPTablesConfiguration", (int?)Number(configuration.Iptables, "masqueradeBit"));
        if (configuration.Mode is "nftables") Bit("KubeProxyNFTablesConfiguration", configuration.Nftables.MasqueradeBit);
        if (configuration.Mode is not ("" or "iptables" or "ipvs" or "nftables"))
            Invalid("Mode.ProxyMode", configuration.Mode, "must be iptables, ipvs, nftables or blank (blank means the best-available proxy [currently iptables])");
    }

    private void Limits(KubeProxyConfiguration configuration)
    {
        const string conntrack = "KubeProxyLinuxConfiguration.KubeProxyConntrackConfiguration";
        var limits = configuration.Conntrack;
        if (limits.MaxPerCore < 0) Invalid($"{conntrack}.MaxPerCore", limits.MaxPerCore, NotNegative);
        if (limits.Min < 0) Invalid($"{conntrack}.Min", limits.Min, NotNegative);
        Period($"{conntrack}.TCPEstablishedTimeout", limits.TcpEstablishedTimeout, NotNegative);
        Period($"{conntrack}.TCPCloseWaitTimeout", limits.TcpCloseWaitTimeout, NotNegative);
        Period($"{conntrack}.UDPTimeout", limits.UdpTimeout, NotNegative);
        Period($"{conntrack}.UDPStreamTimeout", limits.UdpStreamTimeout, NotNegative);
        if (configuration.OomScoreAdj is < -1000 or > 1000)
            Invalid("KubeProxyLinuxConfiguration.OOMScoreAdj", configuration.OomScoreAdj, "must be within the range [-1000, 1000]");
        if (configuration.ClientConnection.Burst < 0) Invalid("ClientConnection.Burst", configuration.ClientConnection.Burst, NotNegative);
        Periods(configuration);
    }

    private void Periods(KubeProxyConfiguration configuration)
    {
        Period("ConfigSyncPeriod", configuration.ConfigSyncPeriod, Positive);
        var longest = Period("SyncPeriod", configuration.Nftables.SyncPeriod, Positive);
        var shortest = Period("MinSyncPeriod", configuration.Nftables.MinSyncPeriod, NotNegative);
        if (shortest > (longest == TimeSpan.Zero ? DefaultSyncPeriod : longest))
            Invalid("SyncPeriod", configuration.Nftables.MinSyncPeriod, $"must be greater than or equal to {Root}.MinSyncPeriod");
        if (configuration.Mode is not "ipvs") return;
        foreach (var (field, name) in new[] { ("TCPTimeout", "tcpTimeout"), ("TCPFinTimeout", "tcpFinTimeout"), ("UDPTimeout", "udpTimeout") })
            Period($"KubeProxyIPVSConfiguration.{field}", Text(configuration.Ipvs?[name]), NotNegative);
        var excluded = configuration.Ipvs?["excludeCIDRs"] as JsonArray ?? [];
        for (int i = 0; i < excluded.Count; i++)
        {
            if (Text(excluded[i]) is var cidr && !IsCidr(cidr)) Invalid($"KubeProxyIPVSConfiguration.ExcludeCidrs[{i}]", cidr, "must be a valid CIDR");
        }
    }

    private void Addresses(KubeProxyConfiguration configuration)
    {
        if (configuration.BindAddress.Length > 0 && !IPAddress.TryParse(configuration.BindAddress, out _))
            Invalid("NodeIPOverride[0]", configuration.BindAddress, "not a valid textual representation of an IP address");
        HostPort("HealthzBindAddress", configuration.HealthzBindAddress);
        HostPort("MetricsBindAddress", configuration.MetricsBindAddress);
        if (!IsPortRange(configuration.PortRange)) Invalid("PortRange", configuration.PortRange, "must be a valid port range (e.g. 300-2000)");
        for (int i = 0; i < configuration.NodePortAddresses.Count; i++)
        {
            string text = configuration.NodePortAddresses[i];
            bool primary = text == "primary";
            if (primary && configuration.NodePortAddresses.Count > 1) Invalid($"NodePortAddresses[{i}]", text, "can't use both 'primary' and CIDRs");
            else if (!primary && !IsCidr(text)) Invalid($"NodePortAddresses[{i}]", text, "must be a valid CIDR");
        }
    }

    private void DetectLocal(KubeProxyConfiguration configuration)
    {
        string[] known = [.. Enum.GetNames<DetectLocalMode>().Append("")];
        if (!known.Contains(configuration.DetectLocalMode))
        {
            _errors.Add($"{Root}.DetectLocalMode: Unsupported value: \"{configuration.DetectLocalMode}\": supported values: {string.Join(", ", known.Select(n => $"\"{n}\""))}");
            return;
        }

        switch (configuration.LocalMode)
        {
            case Proxy.DetectLocalMode.BridgeInterface when configuration.DetectLocal.BridgeInterface.Length == 0:
                Invalid("DetectLocalConfiguration.InterfaceName", "", "must not be empty");
                break;
            case Proxy.DetectLocalMode.InterfaceNamePrefix when configuration.DetectLocal.InterfaceNamePrefix.Length == 0:
                Invalid("DetectLocalConfiguration.InterfacePrefix", "", "must not be empty");
                break;
            case Proxy.DetectLocalMode.ClusterCIDR when configuration.ClusterCidr.Length > 0:
                ClusterCidrs(configuration.ClusterCidr.Split(','));
                break;
        }
    }

    private void ClusterCidrs(string[] cidrs)
    {
        const string field = "DetectLocalConfiguration.ClusterCIDRs";
        for (int i = 0; i < cidrs.Length && cidrs.Length <= 2; i++)
        {
            if (!IsCidr(cidrs[i])) Invalid($"{field}[{i}]", cidrs[i], "must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)");
        }

        bool pair = cidrs.Length != 2 || !cidrs.All(IsCidr) || cidrs.DistinctBy(c => c.Contains(':', StringComparison.Ordinal)).Count() == 2;
        if (cidrs.Length > 2 || !pair) _errors.Add($"{Root}.{field}: Invalid value: [{string.Join(',', cidrs.Select(c => $"\"{c}\""))}]: {OneOfEach}");
    }

    private void HiddenMetrics(string version)
    {
        if (version is not ("" or PreviousVersion))
            Invalid("ShowHiddenMetricsForVersion", version, $"--show-hidden-metrics-for-version must be omitted or have the value '{PreviousVersion}'. Only the previous minor version is allowed");
    }

    private void HostPort(string field, string text)
    {
        if (text.Length == 0) return;
        int colon = text.LastIndexOf(':');
        if (colon < 0 || (text.Count(':') > 1 && !text.StartsWith('[')))
        {
            Invalid(field, text, "must be IP:port");
            return;
        }

        string host = text[..colon].Trim('[', ']'), port = text[(colon + 1)..];
        if (!IPAddress.TryParse(host, out _)) Invalid(field, host, "must be a valid IP");
        if (!ushort.TryParse(port, out ushort number) || number == 0) Invalid(field, port, "must be a valid port");
    }

    private void Bit(string field, int? bit)
    {
        if (bit is < 0 or > 31) Invalid($"{field}.MasqueradeBit", bit, "must be within the range [0, 31]");
    }

    /// <summary>Zero stands for the default; so does what is no period, after it was said.</summary>
    private TimeSpan Period(string field, string? text, string otherwise)
    {
        if (string.IsNullOrEmpty(text)) return TimeSpan.Zero;
        if (Duration.TryParse(text, out var duration) && duration.ToTimeSpan() >= TimeSpan.Zero) return duration.ToTimeSpan();
        Invalid(field, text, otherwise);
        return TimeSpan.Zero;
    }

    private void Invalid(string field, object? value, string why) =>
        _errors.Add($"{Root}.{field}: Invalid value: {(value is string text ? $"\"{text}\"" : value)}: {why}");

    private static bool IsCidr(string text) => text.Contains('/', StringComparison.Ordinal) && Cidr.Parse(text) is not null;

    /// <summary>A port, the first and the last of a range (300-2000), or the first and how many more (300+1700).</summary>
    private static bool IsPortRange(string text)
    {
        if (text.Trim().Length == 0) return true;
        string[] ends = text.Trim().Split('-', '+');
        if (ends.Length > 2 || !Array.TrueForAll(ends, e => ushort.TryParse(e, out _))) return false;
        var (first, second) = (int.Parse(ends[0]), int.Parse(ends[^1]));
        return text.Contains('+', StringComparison.Ordinal) ? first + second <= ushort.MaxValue : first <= second;
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private static long? Number(JsonObject? section, string field) => section?[field] is JsonValue value && value.TryGetValue(out long number) ? number : null;
}
