//! The pages of the register, with made-up data.

use crate::equipment::{AssetPage, AssetsPage, EditAssetPage, OwnAssetsPage};
use words::language::Language;

use super::Add;

pub(super) fn all(language: Language, add: &mut Add<'_>) {
    add("assets", &AssetsPage::sample(language));
    add("assets-none", &AssetsPage::sample_empty(language));
    add("asset", &AssetPage::sample(language));
    add("asset-refused", &AssetPage::sample_refused(language));
    add("asset-read", &AssetPage::sample_read(language));
    add("asset-edit", &EditAssetPage::sample(language));
    add("asset-new", &EditAssetPage::sample_new(language));
    add("asset-conflict", &EditAssetPage::sample_conflict(language));
    add("own-assets", &OwnAssetsPage::sample(language));
    add("own-assets-none", &OwnAssetsPage::sample_empty(language));
}
