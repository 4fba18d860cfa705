using System.Net;
using System.Net.Sockets;

namespace Sampan.Api.Cel;

/// <summary>Addresses, ip("10.0.0.1"), networks, cidr("10.0.0.0/8"), and URLs, url("https://example.com/").</summary>
internal static class CelNetworks
{
    public static void AddTo(Dictionary<string, CelFunction> globals, Dictionary<string, CelFunction> members)
    {
        globals["ip"] = static args => Address((string)args[0]!);
        globals["isIP"] = static args => CelAddress.TryParse((string)args[0]!, out _);
        globals["ip.isCanonical"] = static args => CelAddress.Text(Address((string)args[0]!)) == (string)args[0]!;
        globals["cidr"] = static args => Cidr((string)args[0]!);
        globals["isCIDR"] = static args => CelCidr.WhyNot((string)args[0]!, out _) is null;
        members["ip"] = static args => ((CelCidr)args[0]!).Address;
        members["family"] = static args => ((IPAddress)args[0]!).AddressFamily == AddressFamily.InterNetwork ? 4L : 6L;
        members["isUnspecified"] = static args => CelAddress.IsUnspecified((IPAddress)args[0]!);
        members["isLoopback"] = static args => IPAddress.IsLoopback((IPAddress)args[0]!);
        members["isLinkLocalMulticast"] = static args => CelAddress.IsLinkLocalMulticast((IPAddress)args[0]!);
        members["isLinkLocalUnicast"] = static args => CelAddress.IsLinkLocalUnicast((IPAddress)args[0]!);
        members["isGlobalUnicast"] = static args => CelAddress.IsGlobalUnicast((IPAddress)args[0]!);
        members["masked"] = static args => ((CelCidr)args[0]!).Masked;
        members["prefixLength"] = static args => (long)((CelCidr)args[0]!).Length;
        members["containsIP"] = static args => ((CelCidr)args[0]!).Contains(args[1] is string text ? Address(text) : (IPAddress)args[1]!);
        members["containsCIDR"] = static args => ((CelCidr)args[0]!).Contains(args[1] is string text ? Cidr(text) : (CelCidr)args[1]!);
        AddUrls(globals, members);
    }

    private static void AddUrls(Dictionary<string, CelFunction> globals, Dictionary<string, CelFunction> members)
    {
        globals["url"] = static args => CelUrl.WhyNot((string)args[0]!, out var url) is { } problem
            ? throw new CelException($"URL parse error during conversion from string: {problem}") : url;
        globals["isURL"] = static args => CelUrl.WhyNot((string)args[0]!, out _) is null;
        members["getScheme"] = static args => ((CelUrl)args[0]!).Scheme;
        members["getHost"] = static args => ((CelUrl)args[0]!).Host;
        members["getHostname"] = static args => ((CelUrl)args[0]!).Hostname;
        members["getPort"] = static args => ((CelUrl)args[0]!).Port;
        members["getEscapedPath"] = static args => ((CelUrl)args[0]!).EscapedPath;
        members["getQuery"] = static args => ((CelUrl)args[0]!).Query;
    }

    private static IPAddress Address(string text) => CelAddress.WhyNot(text, out var address) is { } problem ? throw new CelException(problem) : address!;

    private static CelCidr Cidr(string text) => CelCidr.WhyNot(text, out var cidr) is { } problem
        ? throw new CelException($"network address parse error during conversion from string: {problem}") : cidr!;
}
