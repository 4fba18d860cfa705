namespace Sampan.ControllerManager.Certificates;

/// <summary>What each signer demands of a request. A rule answers null, or what is wrong.</summary>
internal static class RequestRules
{
    private const string SystemNodes = "system:nodes";
    private const string NodePrefix = "system:node:";

    public static string? Check(string signerName, ParsedRequest request, IReadOnlyCollection<string> usages) => signerName switch
    {
        SignerNames.KubeletClient => KubeletClient(request, usages),
        SignerNames.KubeletServing => KubeletServing(request, usages),
        SignerNames.KubeApiServerClient => ApiServerClient(usages),
        _ => null,
    };

    public static string? KubeletClient(ParsedRequest request, IReadOnlyCollection<string> usages)
    {
        if (!IsNodesOnly(request)) return "subject organization is not system:nodes";
        if (request.DnsNames > 0) return "DNS subjectAltNames are not allowed";
        if (request.Emails > 0) return "Email subjectAltNames are not allowed";
        if (request.Addresses > 0) return "IP subjectAltNames are not allowed";
        if (request.Uris > 0) return "URI subjectAltNames are not allowed";
        return !IsNode(request) ? "subject common name does not begin with system:node: " : Usages(usages, "client auth");
    }

    private static string? KubeletServing(ParsedRequest request, IReadOnlyCollection<string> usages)
    {
        if (!IsNodesOnly(request)) return "subject organization is not system:nodes";
        if (request.DnsNames + request.Addresses == 0) return "DNS or IP subjectAltName is required";
        if (request.Emails > 0) return "Email subjectAltNames are not allowed";
        if (request.Uris > 0) return "URI subjectAltNames are not allowed";
        return Usages(usages, "server auth") ?? (IsNode(request) ? null : "subject common name does not begin with system:node: ");
    }

    /// <summary>Whoever it is for: a client's purpose, and what goes with it.</summary>
    private static string? ApiServerClient(IReadOnlyCollection<string> usages)
    {
        if (usages.FirstOrDefault(u => u is not ("digital signature" or "key encipherment" or "client auth")) is { } other)
            return $"invalid usage for client certificate: {other}";
        return usages.Contains("client auth") ? null : "missing required usage for client certificate: client auth";
    }

    private static bool IsNodesOnly(ParsedRequest request) => request.Organizations is [SystemNodes];

    private static bool IsNode(ParsedRequest request) => request.CommonName.StartsWith(NodePrefix, StringComparison.Ordinal);

    /// <summary>Exactly this purpose and signatures; the encipherment of keys, which only RSA has a use for, is optional.</summary>
    private static string? Usages(IReadOnlyCollection<string> usages, string purpose)
    {
        var rest = usages.Where(u => u != "key encipherment").ToHashSet();
        if (rest.SetEquals(["digital signature", purpose])) return null;
        return $"usages did not match [{string.Join(' ', new[] { "digital signature", "key encipherment", purpose }.Order(StringComparer.Ordinal))}]";
    }
}
