using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of sources that pods' volumes and persistent volumes share.</summary>
internal static partial class VolumeSourceValidation
{
    /// <summary>How long a volume's name and its portal may be together when the initiator has a name.</summary>
    public const int MaxInitiator = 64;

    public const string InitiatorTooLong =
        "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";

    private static readonly string[] HostPathTypes =
        ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

    /// <param name="name">The field of the source.</param>
    /// <param name="path">The volume that the source is part of.</param>
    public static void Validate(object source, string name, FieldPath path, FieldErrors errors)
    {
        var at = path.Child(name);
        switch (source)
        {
            case HostPathVolumeSource host:
                HostPath(host, at, errors);
                break;
            case GitRepoVolumeSource git:
                Require(git.Repository, at.Child("repository"), errors);
                PathValidation.LocalDescending(git.Directory ?? "", at.Child("directory"), errors);
                break;
            case NFSVolumeSource nfs:
                Nfs(nfs, at, errors);
                break;
            case ISCSIVolumeSource iscsi:
                Iscsi(iscsi.TargetPortal, iscsi.Iqn, iscsi.Lun, iscsi.InitiatorName, at, errors, " starting with iqn, eui, or naa");
                NeedsSecret(iscsi.ChapAuthDiscovery || iscsi.ChapAuthSession, iscsi.SecretRef, at, errors);
                break;
            case ISCSIPersistentVolumeSource iscsi:
                Iscsi(iscsi.TargetPortal, iscsi.Iqn, iscsi.Lun, iscsi.InitiatorName, at, errors, "");
                NeedsSecret(iscsi.ChapAuthDiscovery || iscsi.ChapAuthSession, iscsi.SecretRef, at, errors);
                break;
            case FCVolumeSource fc:
                Fc(fc, at, errors);
                break;
            case FlexVolumeSource flex:
                Flex(flex.Driver, flex.Options, at, errors);
                break;
            case FlexPersistentVolumeSource flex:
                Flex(flex.Driver, flex.Options, at, errors);
                break;
            case LocalVolumeSource local:
                if (Require(local.Path, at.Child("path"), errors))
                {
                    PathValidation.NoBacksteps(local.Path, at.Child("path"), errors);
                }
                break;
            case CSIVolumeSource csi:
                Csi(csi, at, errors);
                break;
            default:
                VendorVolumeValidation.Validate(source, at, path, errors);
                break;
        }
    }

    public static bool Require([NotNullWhen(true)] string? value, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(path);
            return false;
        }
        return true;
    }

    private static void HostPath(HostPathVolumeSource host, FieldPath path, FieldErrors errors)
    {
        if (!Require(host.Path, path.Child("path"), errors))
        {
            return;
        }
        PathValidation.NoBacksteps(host.Path, path.Child("path"), errors);
        if (!HostPathTypes.Contains(host.Type ?? ""))
        {
            errors.NotSupported(path.Child("type"), host.Type, HostPathTypes);
        }
    }

    private static void Nfs(NFSVolumeSource nfs, FieldPath path, FieldErrors errors)
    {
        Require(nfs.Server, path.Child("server"), errors);
        Require(nfs.Path, path.Child("path"), errors);
        if (!nfs.Path.StartsWith('/'))
        {
            errors.Invalid(path.Child("path"), nfs.Path, "must be an absolute path");
        }
    }

    private static void Iscsi(string portal, string iqn, int lun, string? initiator, FieldPath path, FieldErrors errors, string start)
    {
        Require(portal, path.Child("targetPortal"), errors);
        if (Require(iqn, path.Child("iqn"), errors))
        {
            IscsiName(iqn, path.Child("iqn"), errors, start);
        }
        if (lun is < 0 or > 255)
        {
            errors.Invalid(path.Child("lun"), lun, "must be between 0 and 255, inclusive");
        }
        if (initiator is not null)
        {
            IscsiName(initiator, path.Child("initiatorname"), errors, start);
        }
    }

    private static void IscsiName(string name, FieldPath path, FieldErrors errors, string start)
    {
        var format = name switch
        {
            _ when name.StartsWith("iqn", StringComparison.Ordinal) => Iqn(),
            _ when name.StartsWith("eui", StringComparison.Ordinal) => Eui(),
            _ when name.StartsWith("naa", StringComparison.Ordinal) => Naa(),
            _ => null,
        };
        if (format is null)
        {
            errors.Invalid(path, name, $"must be valid format{start}");
        }
        else if (!format.IsMatch(name))
        {
            errors.Invalid(path, name, "must be valid format");
        }
    }

    private static void NeedsSecret(bool authenticates, object? secret, FieldPath path, FieldErrors errors)
    {
        if (authenticates && secret is null)
        {
            errors.Required(path.Child("secretRef"));
        }
        if (secret is SecretReference { Name: null or "" })
        {
            errors.Required(path.Child("secretRef").Child("name"));
        }
    }

    private static void Fc(FCVolumeSource fc, FieldPath path, FieldErrors errors)
    {
        var (names, ids) = (fc.TargetWWNs.OrEmpty().Count, fc.Wwids.OrEmpty().Count);
        if (names == 0 && ids == 0)
        {
            errors.Required(path.Child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        }
        if (names > 0 && ids > 0)
        {
            errors.Invalid(path.Child("targetWWNs"), fc.TargetWWNs, "targetWWNs and wwids can not be specified simultaneously");
        }
        if (names > 0 && fc.Lun is null)
        {
            errors.Required(path.Child("lun"), "lun is required if targetWWNs is specified");
        }
        else if (names > 0 && fc.Lun is < 0 or > 255)
        {
            errors.Invalid(path.Child("lun"), fc.Lun, "must be between 0 and 255, inclusive");
        }
    }

    private static void Flex(string driver, Dictionary<string, string>? options, FieldPath path, FieldErrors errors)
    {
        Require(driver, path.Child("driver"), errors);
        foreach (var key in options.OrEmpty().Keys)
        {
            var domain = "." + key.Split('/', 2)[0].ToLowerInvariant();
            if (domain.EndsWith(".kubernetes.io", StringComparison.Ordinal) || domain.EndsWith(".k8s.io", StringComparison.Ordinal))
            {
                errors.Invalid(path.Child("options").Key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }

    private static void Csi(CSIVolumeSource csi, FieldPath path, FieldErrors errors)
    {
        Validation.FieldChecks.DriverName(path.Child("driver"), csi.Driver, errors);
        if (csi.NodePublishSecretRef is { } secret && Require(secret.Name, path.Child("nodePublishSecretRef").Child("name"), errors))
        {
            errors.Invalid(path.Child("name"), secret.Name, Names.IsDns1123Subdomain(secret.Name));
        }
    }

    [GeneratedRegex(@"iqn\.\d{4}-\d{2}\.([A-Za-z0-9-.]+)(:[^,;*&$|\s]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Iqn();

    [GeneratedRegex("^eui.[A-Za-z0-9]{16}$", RegexOptions.NonBacktracking)]
    private static partial Regex Eui();

    [GeneratedRegex("^naa.[A-Za-z0-9]{32}$", RegexOptions.NonBacktracking)]
    private static partial Regex Naa();
}
