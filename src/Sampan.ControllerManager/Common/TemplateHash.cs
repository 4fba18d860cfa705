using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>A short, stable name for a pod template, fit for labels and object names: no vowels, no digits that look like letters.</summary>
internal static class TemplateHash
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int Length = 10;

    public static string Of(PodTemplateSpec template, int? collisionCount)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in JsonCodec.Encode(template)) hash = (hash ^ b) * 1099511628211UL;
        if (collisionCount is { } count)
        {
            foreach (var b in BitConverter.GetBytes(count)) hash = (hash ^ b) * 1099511628211UL;
        }

        return string.Create(Length, hash, static (text, value) =>
        {
            for (var i = 0; i < text.Length; i++, value /= (ulong)Alphabet.Length) text[i] = Alphabet[(int)(value % (ulong)Alphabet.Length)];
        });
    }

    /// <summary>Equality apart from the hash label that the controller itself adds.</summary>
    public static bool SameTemplate(PodTemplateSpec left, PodTemplateSpec right, string hashLabel) =>
        Without(left, hashLabel).DeepEquals(Without(right, hashLabel));

    private static PodTemplateSpec Without(PodTemplateSpec template, string label)
    {
        if (template.Metadata.Labels?.ContainsKey(label) != true) return template;
        var copy = template.DeepClone();
        copy.Metadata.Labels!.Remove(label);
        return copy;
    }
}
