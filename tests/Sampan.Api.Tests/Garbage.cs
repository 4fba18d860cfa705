using FsCheck;
using FsCheck.Fluent;

namespace Sampan.Api.Tests;

/// <summary>Texts made of characters that mean something to a parser.</summary>
internal static class Garbage
{
    public static Gen<string> Of(string characters) => Gen.Elements(characters.ToCharArray()).ArrayOf().Select(chars => new string(chars));
}
