using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a pod's DNS settings and host aliases. Upstream: validatePodDNSConfig, ValidateHostAliases.</summary>
internal static partial class PodDnsValidation
{
    private const int MaxNameservers = 3;
    private const int MaxSearches = 32;
    private const int MaxSearchLength = 2048;
    private const string SearchFormat = @"_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
    private const string SearchComplaint = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', "
        + "and must start and end with an alphanumeric character";

    public static void Aliases(List<HostAlias>? aliases, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, alias) in aliases.OrEmpty().Index())
        {
            AddressChecks.Address(path.Index(index).Child("ip"), alias.Ip, errors);
            foreach (var (at, name) in alias.Hostnames.OrEmpty().Index())
            {
                errors.Invalid(path.Index(index).Child("hostnames").Index(at), name, Names.IsDns1123Subdomain(name));
            }
        }
    }

    public static void Config(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec is { DnsPolicy: "None", DnsConfig: null })
        {
            errors.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
        }
        else if (spec.DnsPolicy == "None" && spec.DnsConfig!.Nameservers.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
        else if (spec.DnsConfig is { } dns)
        {
            Nameservers(dns.Nameservers.OrEmpty(), path.Child("nameservers"), errors);
            Searches(dns.Searches.OrEmpty(), path.Child("searches"), errors);
            foreach (var (index, _) in dns.Options.OrEmpty().Index().Where(option => string.IsNullOrEmpty(option.Item.Name)))
            {
                errors.Required(path.Child("options").Index(index), "must not be empty");
            }
        }
    }

    private static void Nameservers(IReadOnlyList<string> nameservers, FieldPath path, FieldErrors errors)
    {
        if (nameservers.Count > MaxNameservers)
        {
            errors.Invalid(path, nameservers, $"must not have more than {MaxNameservers} nameservers");
        }
        foreach (var (index, nameserver) in nameservers.Index())
        {
            AddressChecks.Address(path.Index(index), nameserver, errors);
        }
    }

    private static void Searches(IReadOnlyList<string> searches, FieldPath path, FieldErrors errors)
    {
        if (searches.Count > MaxSearches)
        {
            errors.Invalid(path, searches, $"must not have more than {MaxSearches} search paths");
        }
        if (string.Join(' ', searches).Length > MaxSearchLength)
        {
            errors.Invalid(path, searches, $"must not have more than {MaxSearchLength} characters (including spaces) in the search list");
        }
        foreach (var (index, search) in searches.Index().Where(one => one.Item != "."))
        {
            Search(search.EndsWith('.') ? search[..^1] : search, path.Index(index), errors);
        }
    }

    private static void Search(string domain, FieldPath path, FieldErrors errors)
    {
        if (domain.Length > Names.Dns1123SubdomainMaxLength)
        {
            errors.Invalid(path, domain, Names.MaxLengthError(Names.Dns1123SubdomainMaxLength));
        }
        if (!SearchDomain().IsMatch(domain))
        {
            errors.Invalid(path, domain, Names.Mismatch(SearchComplaint, SearchFormat, "example.com"));
        }
    }

    [GeneratedRegex("^" + SearchFormat + "$", RegexOptions.NonBacktracking)]
    private static partial Regex SearchDomain();
}
