using System.Buffers.Text;
using System.Text.Json;

namespace Sampan.ApiServer.Watch;

/// <summary>
/// Puts the resourceVersion, known only after the commit, as the first field of the metadata: objects are encoded once, before it.
/// </summary>
internal static class ResourceVersionSplice
{
    private static ReadOnlySpan<byte> Metadata => "\"metadata\":{"u8;

    private static ReadOnlySpan<byte> Field => "\"resourceVersion\":\""u8;

    /// <summary>Where the first field of the object's metadata begins.</summary>
    public static int Find(ReadOnlySpan<byte> stored)
    {
        var reader = new Utf8JsonReader(stored);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.StartObject)
            {
                return (int)reader.BytesConsumed;
            }

            reader.Skip();
        }

        throw new FormatException("the stored object has no metadata");
    }

    /// <summary>The bytes from "metadata" on, given where its first field begins.</summary>
    public static int MetadataStart(int firstField) => firstField - Metadata.Length;

    /// <summary>The object with the revision, and how many bytes that took. Revision 0 leaves the bytes as they are.</summary>
    public static (ReadOnlyMemory<byte> Json, int Length) Insert(ReadOnlyMemory<byte> stored, int start, long revision) =>
        revision == 0 ? (stored, 0) : Insert(stored.Span[..start], stored.Span[start..], revision);

    /// <summary>The same for an object that is in two parts, before and after the place.</summary>
    public static (ReadOnlyMemory<byte> Json, int Length) Insert(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, long revision)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(revision, digits, out var count);
        var end = after[0] == (byte)'}' ? "\""u8 : "\","u8;
        var length = Field.Length + count + end.Length;
        var json = GC.AllocateUninitializedArray<byte>(before.Length + length + after.Length);
        var target = json.AsSpan();
        before.CopyTo(target);
        target = target[before.Length..];
        Field.CopyTo(target);
        digits[..count].CopyTo(target[Field.Length..]);
        end.CopyTo(target[(Field.Length + count)..]);
        after.CopyTo(target[length..]);
        return (json, length);
    }
}
