using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a pod's DNS settings and host aliases.</summary>
internal static class PodDnsValidation
{
    private const int MaxNameservers = 3;
    private const int MaxSearches = 32;
    private const int MaxSearchLength = 2048;

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, alias) in spec.HostAliases.OrEmpty().Index())
        {
            Ip(alias.Ip, path.Child("hostAliases").Index(index).Child("ip"), errors);
            foreach (var (at, name) in alias.Hostnames.OrEmpty().Index())
            {
                errors.Invalid(path.Child("hostAliases").Index(index).Child("hostnames").Index(at), name, Names.IsDns1123Subdomain(name));
            }
        }
        var config = path.Child("dnsConfig");
        if (spec.DnsPolicy == "None" && spec.DnsConfig is null)
        {
            errors.Required(config, "must provide `dnsConfig` when `dnsPolicy` is None");
        }
        if (spec.DnsConfig is { } dns)
        {
            Config(dns, spec.DnsPolicy, config, errors);
        }
    }

    private static void Config(PodDNSConfig dns, string? policy, FieldPath path, FieldErrors errors)
    {
        var nameservers = dns.Nameservers.OrEmpty();
        if (policy == "None" && nameservers.Count == 0)
        {
            errors.Required(path.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
        if (nameservers.Count > MaxNameservers)
        {
            errors.Invalid(path.Child("nameservers"), nameservers, $"must not have more than {MaxNameservers} nameservers");
        }
        foreach (var (index, nameserver) in nameservers.Index())
        {
            Ip(nameserver, path.Child("nameservers").Index(index), errors);
        }
        var searches = dns.Searches.OrEmpty();
        if (searches.Count > MaxSearches)
        {
            errors.Invalid(path.Child("searches"), searches, $"must not have more than {MaxSearches} search paths");
        }
        if (string.Join(' ', searches).Length > MaxSearchLength)
        {
            errors.Invalid(path.Child("searches"), searches, $"must not have more than {MaxSearchLength} characters (including spaces) in the search list");
        }
        foreach (var (index, option) in dns.Options.OrEmpty().Index())
        {
            if (string.IsNullOrEmpty(option.Name))
            {
                errors.Required(path.Child("options").Index(index), "must not be empty");
            }
        }
    }

    private static void Ip(string text, FieldPath path, FieldErrors errors)
    {
        if (!IPAddress.TryParse(text, out _))
        {
            errors.Invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }
}
