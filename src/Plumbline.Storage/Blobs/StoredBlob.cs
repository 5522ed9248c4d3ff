namespace Plumbline.Storage.Blobs;

/// <summary>A payload in its stored form, with the row by which an equal one is found again.</summary>
/// <param name="Ct">Digest of <paramref name="Bytes"/>.</param>
/// <param name="Pt">What the plaintext commits to.</param>
/// <param name="Key">Name of its data key.</param>
/// <param name="Tag">See <see cref="DataKey.Tag"/>.</param>
internal sealed record StoredBlob(byte[] Ct, byte[] Pt, string Key, byte[] Tag, byte[] Bytes);
