using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Certificates;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of volumes that show several sources in one directory. Upstream: validateProjectedVolumeSource.</summary>
internal static class ProjectedVolumeValidation
{
    private const long MinTokenSeconds = 10 * 60;
    private const long MaxTokenSeconds = 1L << 32;
    private const int MinCertificateSeconds = 60 * 60;
    private const int MaxCertificateSeconds = 91 * 24 * 60 * 60;
    private const int MaxOwnCertificateSeconds = 24 * 60 * 60;

    private static readonly string[] KeyTypes = ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];

    public static void Validate(ProjectedVolumeSource projected, FieldPath path, FieldErrors errors)
    {
        VolumeFileValidation.Mode(projected.DefaultMode, path.Child("defaultMode"), errors);
        var places = new HashSet<string>();
        foreach (var (index, source) in projected.Sources.OrEmpty().Index())
        {
            var at = path.Child("sources").Index(index);
            Source(source, places, path, at, errors);
            object?[] given =
            [
                source.Secret, source.ConfigMap, source.DownwardAPI, source.ServiceAccountToken, source.ClusterTrustBundle, source.PodCertificate,
            ];
            if (given.Count(one => one is not null) > 1)
            {
                errors.Forbidden(at, "may not specify more than 1 volume type per source");
            }
        }
    }

    private static void Source(VolumeProjection source, HashSet<string> places, FieldPath all, FieldPath path, FieldErrors errors)
    {
        if (source.Secret is { } secret)
        {
            Keys(secret.Name, secret.Items, places, all, path.Child("secret"), errors);
        }
        if (source.ConfigMap is { } map)
        {
            Keys(map.Name, map.Items, places, all, path.Child("configMap"), errors);
        }
        foreach (var file in (source.DownwardAPI?.Items).OrEmpty())
        {
            VolumeFileValidation.File(file, path.Child("downwardAPI"), errors);
            Place(file.Path, file.Path, places, all, errors);
        }
        if (source.ServiceAccountToken is { } token)
        {
            Token(token, all, path.Child("serviceAccountToken"), errors);
        }
        if (source.ClusterTrustBundle is { } bundle)
        {
            TrustBundle(bundle, path.Child("clusterTrustBundle"), errors);
            Place(bundle.Path, bundle.Path, places, all, errors);
        }
        if (source.PodCertificate is { } certificate)
        {
            Certificate(certificate, places, all, path.Child("podCertificate"), errors);
        }
    }

    private static void Keys(string? name, List<KeyToPath>? items, HashSet<string> places, FieldPath all, FieldPath path, FieldErrors errors)
    {
        VolumeSourceValidation.Require(name, path.Child("name"), errors);
        foreach (var (index, item) in items.OrEmpty().Index())
        {
            VolumeFileValidation.Key(item, path.Child("items").Index(index), errors);
            Place(item.Path, name ?? "", places, all, errors);
        }
    }

    /// <summary>Two sources cannot make the same file.</summary>
    private static void Place(string place, string value, HashSet<string> places, FieldPath path, FieldErrors errors)
    {
        if (place.Length > 0 && !places.Add(place))
        {
            errors.Invalid(path, value, "conflicting duplicate paths");
        }
    }

    private static void Token(ServiceAccountTokenProjection token, FieldPath all, FieldPath path, FieldErrors errors)
    {
        if (token.ExpirationSeconds < MinTokenSeconds)
        {
            errors.Invalid(path.Child("expirationSeconds"), token.ExpirationSeconds, "may not specify a duration less than 10 minutes");
        }
        if (token.ExpirationSeconds > MaxTokenSeconds)
        {
            errors.Invalid(path.Child("expirationSeconds"), token.ExpirationSeconds, "may not specify a duration larger than 2^32 seconds");
        }
        if (VolumeSourceValidation.Require(token.Path, all.Child("path"), errors))
        {
            PathValidation.LocalNonReserved(token.Path, all.Child("path"), errors);
        }
    }

    private static void TrustBundle(ClusterTrustBundleProjection bundle, FieldPath path, FieldErrors errors)
    {
        switch (bundle)
        {
            case { Name: not null, SignerName: not null }:
                errors.Invalid(path, bundle, "only one of name and signerName may be used");
                break;
            case { Name: { } name }:
                FieldChecks.Required(path.Child("name"), name, errors, "must be a valid object name");
                if (bundle.LabelSelector is not null)
                {
                    errors.Invalid(path.Child("labelSelector"), bundle.LabelSelector, "labelSelector must be unset if name is specified");
                }
                break;
            case { SignerName: { } signer }:
                FieldChecks.Required(path.Child("signerName"), signer, errors, "must be a valid signer name");
                SignerNameValidation.Validate(signer, path.Child("signerName"), errors);
                LabelSelectorValidation.Validate(bundle.LabelSelector, path.Child("labelSelector"), errors);
                break;
            default:
                errors.Required(path, "either name or signerName must be specified");
                break;
        }
        VolumeSourceValidation.Require(bundle.Path, path.Child("path"), errors);
        PathValidation.LocalNonReserved(bundle.Path, path.Child("path"), errors);
    }

    private static void Certificate(
        PodCertificateProjection certificate, HashSet<string> places, FieldPath all, FieldPath path, FieldErrors errors)
    {
        FieldChecks.OneOf(path.Child("keyType"), certificate.KeyType, errors, KeyTypes);
        var max = certificate.SignerName.StartsWith("kubernetes.io/", StringComparison.Ordinal) ? MaxOwnCertificateSeconds : MaxCertificateSeconds;
        if (certificate.MaxExpirationSeconds is { } seconds and < MinCertificateSeconds)
        {
            errors.Invalid(path.Child("maxExpirationSeconds"), seconds, $"if provided, maxExpirationSeconds must be >= {MinCertificateSeconds}");
        }
        if (certificate.MaxExpirationSeconds is { } longest && longest > max)
        {
            errors.Invalid(path.Child("maxExpirationSeconds"), longest, $"if provided, maxExpirationSeconds must be <= {max}");
        }
        SignerNameValidation.Validate(certificate.SignerName, path.Child("signerName"), errors);
        (string Field, string? Place)[] given =
        [
            ("credentialBundlePath", certificate.CredentialBundlePath), ("keyPath", certificate.KeyPath),
            ("certificateChainPath", certificate.CertificateChainPath),
        ];
        if (given.All(one => string.IsNullOrEmpty(one.Place)))
        {
            errors.Required(path, "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
        }
        foreach (var (field, place) in given.Where(one => !string.IsNullOrEmpty(one.Place)))
        {
            PathValidation.LocalNonReserved(place!, path.Child(field), errors);
            Place(place!, place!, places, all, errors);
        }
    }
}
