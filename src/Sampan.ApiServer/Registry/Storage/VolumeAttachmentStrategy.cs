using System.Text;
using Sampan.Api;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>Volume attachments: what is attached where never changes.</summary>
internal sealed class VolumeAttachmentStrategy() : SpecStatusStrategy<VolumeAttachment>(Parts, hasGeneration: false)
{
    private const int MaxMetadata = 256 * 1024;
    private const int MaxMessage = 1024;

    private static readonly SpecStatus<VolumeAttachment> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        attachment => attachment.Status = new VolumeAttachmentStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        StatusKeepsMetadata = true,
    };

    public override bool AllowUnconditionalUpdate => false;

    public override bool ReturnDeletedObject => true;

    protected override void Validate(WriteContext context, VolumeAttachment attachment, FieldErrors errors)
    {
        Shared(attachment, errors);
        var (spec, path) = (attachment.Spec, FieldPath.Of("spec"));
        FieldChecks.DriverName(path.Child("attacher"), spec.Attacher, errors);
        if (spec.Source.PersistentVolumeName is { } name)
        {
            errors.Invalid(path.Child("source").Child("persistentVolumeName"), name, Names.IsDns1123Subdomain(name));
        }
    }

    /// <summary>What the versions of the kind have in common; upstream asks more of a new object of this one.</summary>
    private static void Shared(VolumeAttachment attachment, FieldErrors errors)
    {
        var (spec, path) = (attachment.Spec, FieldPath.Of("spec"));
        FieldChecks.Required(path.Child("attacher"), spec.Attacher, errors);
        Source(spec.Source, path.Child("source"), errors);
        errors.Invalid(path.Child("nodeName"), spec.NodeName, Names.IsDns1123Subdomain(spec.NodeName));
        ValidateStatus(attachment.Status, FieldPath.Of("status"), errors);
    }

    /// <summary>Upstream looks at the attachment twice: as a new one, and as a changed one.</summary>
    protected override void ValidateUpdate(WriteContext context, VolumeAttachment attachment, VolumeAttachment old, FieldErrors errors)
    {
        Shared(attachment, errors);
        Shared(attachment, errors);
        FieldChecks.Same(FieldPath.Of("spec"), attachment.Spec, old.Spec, errors);
    }

    protected override void ValidateStatusUpdate(WriteContext context, VolumeAttachment attachment, VolumeAttachment old, FieldErrors errors) =>
        ValidateUpdate(context, attachment, old, errors);

    private static void ValidateStatus(VolumeAttachmentStatus status, FieldPath path, FieldErrors errors)
    {
        if (status.AttachmentMetadata.OrEmpty().Sum(one => Encoding.UTF8.GetByteCount(one.Key) + Encoding.UTF8.GetByteCount(one.Value)) > MaxMetadata)
        {
            errors.TooLong(path.Child("attachmentMetadata"), MaxMetadata);
        }
        Error(status.AttachError, path.Child("attachError"), errors);
        Error(status.DetachError, path.Child("detachError"), errors);
    }

    private static void Source(VolumeAttachmentSource source, FieldPath path, FieldErrors errors)
    {
        const string ExactlyOne = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
        if (source is { InlineVolumeSpec: null, PersistentVolumeName: null })
        {
            errors.Required(path, ExactlyOne);
        }
        else if (source is { InlineVolumeSpec: not null, PersistentVolumeName: not null })
        {
            errors.Forbidden(path, ExactlyOne);
        }
        else if (source.PersistentVolumeName is { } name)
        {
            FieldChecks.Required(path.Child("persistentVolumeName"), name, errors, "must specify non empty persistentVolumeName");
        }
        else if (source.InlineVolumeSpec is { } inline)
        {
            PersistentVolumeValidation.ValidateInline(inline, path.Child("inlineVolumeSpec"), errors);
        }
    }

    private static void Error(VolumeError? error, FieldPath path, FieldErrors errors)
    {
        if (error?.Message is { } message && Encoding.UTF8.GetByteCount(message) > MaxMessage)
        {
            errors.TooLong(path.Child("message"), MaxMetadata);
        }
        if (error?.ErrorCode is < 0)
        {
            errors.Invalid(path.Child("errorCode"), error.ErrorCode, "must be between 0 and 2147483647, inclusive");
        }
    }
}
