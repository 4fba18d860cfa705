using System.Text;
using Sampan.Api;
using Sampan.Api.Storage.V1;
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
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool AllowUnconditionalUpdate => false;

    public override bool ReturnDeletedObject => true;

    protected override void Validate(WriteContext context, VolumeAttachment attachment, FieldErrors errors)
    {
        var (spec, path) = (attachment.Spec, FieldPath.Of("spec"));
        FieldChecks.DriverName(path.Child("attacher"), spec.Attacher, errors);
        Source(spec.Source, path.Child("source"), errors);
        errors.Invalid(path.Child("nodeName"), spec.NodeName, Names.IsDns1123Subdomain(spec.NodeName));
    }

    protected override void ValidateUpdate(WriteContext context, VolumeAttachment attachment, VolumeAttachment old, FieldErrors errors)
    {
        Validate(context, attachment, errors);
        FieldChecks.Same(FieldPath.Of("spec"), attachment.Spec, old.Spec, errors);
    }

    protected override void ValidateStatusUpdate(WriteContext context, VolumeAttachment attachment, VolumeAttachment old, FieldErrors errors)
    {
        var (status, path) = (attachment.Status, FieldPath.Of("status"));
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
        if (source.PersistentVolumeName is { } name)
        {
            if (source.InlineVolumeSpec is null)
            {
                FieldChecks.Required(path.Child("persistentVolumeName"), name, errors, "must specify non empty persistentVolumeName");
            }
            errors.Invalid(path.Child("persistentVolumeName"), name, Names.IsDns1123Subdomain(name));
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
