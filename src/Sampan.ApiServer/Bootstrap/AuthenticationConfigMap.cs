using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>
/// Publishes how this server knows its clients, in the ConfigMap <c>kube-system/extension-apiserver-authentication</c>: components
/// that serve requests of their own read there whom to trust, and don't start without.
/// </summary>
internal sealed class AuthenticationConfigMap(ApiClient client)
{
    private const string Name = "extension-apiserver-authentication";
    private const string Namespace = "kube-system";
    private const string ClientAuthorities = "client-ca-file";
    private const string ProxyAuthorities = "requestheader-client-ca-file";
    private const string CertificateEnd = "-----END CERTIFICATE-----";

    public async Task EnsureAsync(AuthenticationOptions options, CancellationToken cancellationToken)
    {
        while (!await TryEnsureAsync(Data(options), cancellationToken))
        {
            // Another server wrote at the same time: merge with what it wrote.
        }
    }

    private async Task<bool> TryEnsureAsync(Dictionary<string, string> wanted, CancellationToken cancellationToken)
    {
        var maps = client.Of<ConfigMap>();
        try
        {
            if (await maps.FindAsync(Namespace, Name, cancellationToken) is not { } present)
                await maps.CreateAsync(new ConfigMap { Metadata = new() { Name = Name, Namespace = Namespace }, Data = wanted }, cancellationToken);
            else if (Merged(present, wanted) is { } changed)
                await maps.UpdateAsync(changed, cancellationToken);
            return true;
        }
        catch (StatusException taken) when (taken.IsAlreadyExists || taken.IsConflict)
        {
            return false;
        }
    }

    private static Dictionary<string, string> Data(AuthenticationOptions options)
    {
        var data = new Dictionary<string, string>();
        if (options.ClientCertificateAuthorities is { } clients) data[ClientAuthorities] = clients();
        if (options.RequestHeaderAuthorities is not { } proxies) return data;
        data[ProxyAuthorities] = proxies();
        data["requestheader-allowed-names"] = new JsonArray([.. options.RequestHeaderNames]).ToJsonString();
        data["requestheader-username-headers"] = """["X-Remote-User"]""";
        data["requestheader-uid-headers"] = """["X-Remote-Uid"]""";
        data["requestheader-group-headers"] = """["X-Remote-Group"]""";
        data["requestheader-extra-headers-prefix"] = """["X-Remote-Extra-"]""";
        return data;
    }

    /// <summary>The map with this server's part, the authorities of the others kept; null if nothing is to change.</summary>
    private static ConfigMap? Merged(ConfigMap present, Dictionary<string, string> wanted)
    {
        var changed = present.DeepClone();
        changed.Data ??= [];
        foreach (var (key, value) in wanted)
        {
            bool joins = key is ClientAuthorities or ProxyAuthorities && changed.Data.ContainsKey(key);
            changed.Data[key] = joins ? Joined(changed.Data[key], value) : value;
        }
        return changed.DeepEquals(present) ? null : changed;
    }

    private static string Joined(string present, string added)
    {
        var missing = Certificates(added).Except(Certificates(present)).ToList();
        return missing.Count == 0 ? present : present.TrimEnd() + '\n' + string.Concat(missing.Select(one => one + '\n'));
    }

    private static IEnumerable<string> Certificates(string pem) => pem
        .Split(CertificateEnd, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(part => part.Length > 0)
        .Select(part => $"{part}\n{CertificateEnd}");
}
